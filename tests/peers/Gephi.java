import java.io.File;
import org.gephi.graph.api.Column;
import org.gephi.graph.api.Edge;
import org.gephi.graph.api.Graph;
import org.gephi.graph.api.GraphController;
import org.gephi.io.importer.api.Container;
import org.gephi.io.importer.api.EdgeMergeStrategy;
import org.gephi.io.importer.api.ImportController;
import org.gephi.io.importer.api.Report;
import org.gephi.io.processor.plugin.DefaultProcessor;
import org.gephi.project.api.ProjectController;
import org.openide.util.Lookup;

/** Reads a file as Gephi does, parallel ties left apart, and prints each tie: id, source, target, kind. */
public class Gephi {
    public static void main(String[] arguments) throws Exception {
        ProjectController projects = Lookup.getDefault().lookup(ProjectController.class);
        projects.newProject();
        ImportController imports = Lookup.getDefault().lookup(ImportController.class);
        Container container = imports.importFile(new File(arguments[0]));
        Report report = container.getReport();
        container.getLoader().setEdgesMergeStrategy(EdgeMergeStrategy.NO_MERGE);
        imports.process(container, new DefaultProcessor(), projects.getCurrentWorkspace());
        Graph graph = Lookup.getDefault().lookup(GraphController.class).getGraphModel().getGraph();
        Column kind = null;
        for (Column column : graph.getModel().getEdgeTable()) {
            if (column.getTitle().equals("kind")) {
                kind = column;
            }
        }
        for (Edge edge : graph.getEdges()) {
            System.out.println(String.join("\t", edge.getId().toString(), edge.getSource().getId().toString(),
                    edge.getTarget().getId().toString(), String.valueOf(edge.getAttribute(kind))));
        }
        System.err.println(report.getText());
        System.exit(0); // its threads would keep it alive
    }
}
