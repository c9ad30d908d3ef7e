#!/usr/bin/env bash
# JUNG 2.1.1 (Maven, Java 11 or later): EigenvectorCentrality and StructuralHoles.constraint.
# Good guess: EigenvectorCentrality is Bonacich's (as in igraph, networkx, Gephi, UCINET): ties to the well tied count more.
#   constraint is Burt's equation 2.4, as its text says: a sum over ALL contacts.
# Seen: on an undirected network EigenvectorCentrality is the degree divided by twice the number of ties, to 1e-6: it is the
#   share of time of a random walk. Two people with two contacts each tie at .2 though one of them lies in the triangle
#   (true .497) and the other hangs on it (.342).
#   On a directed network constraint sums over contacts with ties in BOTH directions only: where nobody's tie is returned
#   all have 0, "no constraint at all, the ideal broker", also the man with a single contact, for whom the truth is 1.
#   localConstraint of his one tie is 1 in the same class.
# Why it matters: both are read as ranks of importance; the first adds nothing to the degree, the second makes a
#   dead end and a broker the same. Both are said in the Javadoc, in one clause each, against the names.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>find</groupId><artifactId>find</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>net.sf.jung</groupId><artifactId>jung-algorithms</artifactId><version>2.1.1</version></dependency>
    <dependency><groupId>net.sf.jung</groupId><artifactId>jung-graph-impl</artifactId><version>2.1.1</version></dependency>
  </dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { tail -3 mvn.log; exit 1; }
cat > Find.java <<'JAVA'
import edu.uci.ics.jung.algorithms.metrics.StructuralHoles;
import edu.uci.ics.jung.algorithms.scoring.EigenvectorCentrality;
import edu.uci.ics.jung.graph.*;
import java.util.*;

public class Find {
  static final String[] TIES = {"a b", "b c", "c a", "c d", "d e"};

  static <G extends Graph<String, String>> G built(G graph) {
    for (String tie : TIES) graph.addEdge(tie, tie.split(" ")[0], tie.split(" ")[1]);
    return graph;
  }

  static Map<String, Double> leading(Graph<String, String> graph) {  // power iteration on A + 1, length 1
    Map<String, Double> now = new TreeMap<>();
    for (String person : graph.getVertices()) now.put(person, 1.0);
    for (int round = 0; round < 2000; round++) {
      Map<String, Double> next = new TreeMap<>();
      for (String person : now.keySet()) {
        double sum = now.get(person);
        for (String other : graph.getNeighbors(person)) sum += now.get(other);
        next.put(person, sum);
      }
      double length = Math.sqrt(next.values().stream().mapToDouble(x -> x * x).sum());
      next.replaceAll((person, value) -> value / length);
      now = next;
    }
    return now;
  }

  public static void main(String[] none) {
    Graph<String, String> mutual = built(new UndirectedSparseGraph<>()), oneWay = built(new DirectedSparseGraph<>());
    EigenvectorCentrality<String, String> score = new EigenvectorCentrality<>(mutual);
    score.evaluate();
    StructuralHoles<String, String> holes = new StructuralHoles<>(mutual, tie -> 1.0), arcs = new StructuralHoles<>(oneWay, tie -> 1.0);
    Map<String, Double> truth = leading(mutual);
    boolean as = true;
    for (String person : truth.keySet()) {
      double found = score.getVertexScore(person), share = mutual.degree(person) / (2.0 * TIES.length);
      System.out.printf(Locale.ROOT, "%s  JUNG eigenvector %.4f  degree/2m %.4f  eigenvector %.4f | constraint %.4f  one-way %.4f%n",
          person, found, share, truth.get(person), holes.constraint(person), arcs.constraint(person));
      as &= Math.abs(found - share) < 1e-6 && arcs.constraint(person) == 0 && holes.constraint(person) >= .5;
    }
    System.out.println("e has one contact; one-way local constraint: " + arcs.localConstraint("e", "d"));
    as &= truth.get("a") > 1.4 * truth.get("d") && arcs.localConstraint("e", "d") == 1 && holes.constraint("e") == 1;
    if (!as) { System.out.println("CHANGED"); System.exit(1); }
    System.out.println("as described");
  }
}
JAVA
javac -cp 'lib/*' Find.java && java -cp 'lib/*:.' Find
