import java.io.File;
import java.util.HashMap;
import java.util.Map;
import org.jgrapht.graph.DirectedPseudograph;
import org.jgrapht.nio.graphml.GraphMLImporter;

/** Reads a file as JGraphT does, checked against the schema of GraphML, and prints each tie: source, target, kind, after
 * an empty field: it keeps no ids, but refuses a file in which two are the same. */
public class JGraphT {
    public static void main(String[] arguments) {
        DirectedPseudograph<String, Integer> graph = new DirectedPseudograph<>(null, null, false);
        Map<Integer, Map<String, String>> ties = new HashMap<>();
        int[] next = {0};
        graph.setEdgeSupplier(() -> next[0]++);
        GraphMLImporter<String, Integer> reader = new GraphMLImporter<>();
        reader.setVertexFactory(id -> id);
        reader.setSchemaValidation(true);
        reader.addEdgeAttributeConsumer((key, value) ->
            ties.computeIfAbsent(key.getFirst(), tie -> new HashMap<>()).put(key.getSecond(), value.getValue()));
        reader.importGraph(graph, new File(arguments[0]));
        for (Integer tie : graph.edgeSet()) {
            System.out.println(String.join("\t", "", graph.getEdgeSource(tie),
                    graph.getEdgeTarget(tie), ties.get(tie).get("kind")));
        }
    }
}
