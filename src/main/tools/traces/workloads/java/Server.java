import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small HTTP server: a page from a file, a request that makes garbage, an upload. */
public final class Server {
    private static final Path PAGE = Path.of("page.txt");

    private Server() {}

    public static void main(String[] args) throws IOException {
        Files.writeString(PAGE, "hello\n");
        Files.writeString(Path.of("server.pid"), ProcessHandle.current().pid() + "\n");
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0])), 0);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        server.setExecutor(pool);
        server.createContext("/", Server::answer);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            server.stop(1);
            pool.shutdown();
        }));
        server.start();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        switch (exchange.getRequestURI().getPath()) {
            case "/" -> send(exchange, 200, Files.readAllBytes(PAGE));
            case "/garbage" -> send(exchange, 200, garbage().getBytes());
            case "/store" -> {
                Files.copy(exchange.getRequestBody(), Path.of("upload"), StandardCopyOption.REPLACE_EXISTING);
                send(exchange, 200, "stored\n".getBytes());
            }
            default -> send(exchange, 404, "no such page\n".getBytes());
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Fills the heap a few times over, so that it is collected, and then asks for one more collection. */
    private static String garbage() {
        Deque<byte[]> kept = new ArrayDeque<>();
        for (int i = 0; i < 2000; i++) {
            kept.add(new byte[64 * 1024]);
            if (kept.size() > 100) {
                kept.remove();
            }
        }
        System.gc();
        return kept.size() + "\n";
    }
}
