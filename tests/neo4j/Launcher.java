import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/** Runs a Neo4j Community server over the folder given, until its process ends or its starter is gone. */
final class Launcher {
    public static void main(String[] arguments) {
        try {
            run(arguments);
            System.exit(0);
        } catch (Exception failure) {  // the server's own threads would keep the process alive
            failure.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        DatabaseManagementService server = new DatabaseManagementServiceBuilder(home)
                .loadPropertiesFromFile(home.resolve("conf").resolve("neo4j.conf"))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
        Path set = home.resolve("password-set");
        if (Files.notExists(set)) {
            setPassword(server, System.getenv("NEO4J_PASSWORD"));
            Files.createFile(set);
        }
        System.out.println("ready");
        System.out.flush();
        // Standard input is a pipe from the starter: its end means that nobody needs the server any more.
        while (System.in.read() >= 0) { }
    }

    /** A fresh server has the password "neo4j" and answers nothing until that is changed. */
    private static void setPassword(DatabaseManagementService server, String password) {
        server.database(GraphDatabaseSettings.SYSTEM_DATABASE_NAME).executeTransactionally(
                "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
                Map.of("password", password),
                result -> null);
    }

    private Launcher() { }
}
