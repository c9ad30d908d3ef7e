#!/usr/bin/env bash
# Gephi Toolkit 0.10.1 (Maven, Java 11 or later): PageRank as it comes (edge weight not used), parallel ties of different kinds.
# Good guess: each round a person's rank is shared out over his ties, so the ranks of all people sum to 1, and a man with
#   three kinds of tie to the leader gets at least as much from him as one with a single tie.
# Seen: a person's rank is divided by the number of his ties, but each neighbour is paid for one tie only; the rest is lost.
#   With two people tied in five ways the ranks of five people sum to .79 (undirected) or .40 (directed), and the right hand
#   of the leader falls from second place (.269, all ties counted) to last (.111) because he has MORE ties with him.
#   With edge weight used the ranks sum to 1 and are as expected. Without parallel ties the two agree.
# Why it matters: Gephi keeps ties of different kinds between two people apart, so this is what a network of kin, money and
#   telephone shows by default; the number is in the export, and nobody adds up a column of PageRanks.
#   Not in the documentation; other faults of its PageRank are reported, this one was not found.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT; cd "$work"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>find</groupId><artifactId>find</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>org.gephi</groupId><artifactId>gephi-toolkit</artifactId><version>0.10.1</version><classifier>all</classifier>
    <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>
  </dependency></dependencies>
</project>
XML
mvn -q -B dependency:copy-dependencies -DoutputDirectory=lib >mvn.log 2>&1 || { tail -3 mvn.log; exit 1; }
cat > Find.java <<'JAVA'
import java.util.*;
import org.gephi.graph.api.*;
import org.gephi.project.api.ProjectController;
import org.gephi.statistics.plugin.PageRank;
import org.openide.util.Lookup;

public class Find {
  static final String[][] TIES = {{"leader", "right"}, {"right", "c"}, {"c", "leader"}, {"c", "d"}, {"d", "e"}, {"e", "leader"}};

  static Map<String, Double> ranks(boolean directed, int kinds, boolean weighted) {
    ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
    projects.newProject();
    GraphModel model = Lookup.getDefault().lookup(GraphController.class).getGraphModel();
    Graph graph = model.getGraph();
    for (String name : "leader right c d e".split(" ")) graph.addNode(model.factory().newNode(name));
    for (String[] tie : TIES)
      graph.addEdge(model.factory().newEdge(graph.getNode(tie[0]), graph.getNode(tie[1]), 0, 1.0, directed));
    for (int kind = 1; kind < kinds; kind++)
      graph.addEdge(model.factory().newEdge(graph.getNode("leader"), graph.getNode("right"), model.addEdgeType("kind" + kind), 1.0, directed));
    PageRank rank = new PageRank();
    rank.setDirected(directed);
    rank.setUseEdgeWeight(weighted);
    rank.setEpsilon(1e-9);
    rank.execute(model);
    Map<String, Double> found = new LinkedHashMap<>();
    for (Node node : graph.getNodes()) found.put((String) node.getId(), Math.round(1e4 * (Double) node.getAttribute("pageranks")) / 1e4);
    projects.closeCurrentProject();
    return found;
  }

  static double sum(Map<String, Double> ranks) { return ranks.values().stream().mapToDouble(x -> x).sum(); }

  public static void main(String[] none) {
    for (boolean directed : new boolean[] {false, true})
      for (int kinds : new int[] {1, 5})
        for (boolean weighted : new boolean[] {true, false}) {
          Map<String, Double> found = ranks(directed, kinds, weighted);
          System.out.printf(Locale.ROOT, "%s, %d kind(s), weight %s: %s sum %.3f%n", directed ? "directed" : "undirected", kinds,
              weighted ? "used" : "not used", found, sum(found));
        }
    Map<String, Double> plain = ranks(false, 5, false), whole = ranks(false, 5, true), arcs = ranks(true, 5, false);
    boolean same = ranks(false, 1, false).equals(ranks(false, 1, true)) && Math.abs(sum(whole) - 1) < .001;
    boolean lost = Math.abs(sum(plain) - .7896) < .002 && Math.abs(sum(arcs) - .4029) < .002;
    boolean order = plain.get("right").equals(Collections.min(plain.values())) && whole.get("right") > 1.5 * whole.get("c");
    if (!same || !lost || !order) { System.out.println("CHANGED"); System.exit(1); }
    System.out.println("as described");
    System.exit(0);
  }
}
JAVA
javac -cp 'lib/*' Find.java
java -Djava.awt.headless=true -cp 'lib/*:.' Find 2>java.log || { tail -5 java.log; exit 1; }
