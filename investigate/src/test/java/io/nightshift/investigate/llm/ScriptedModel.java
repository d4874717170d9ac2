package io.nightshift.investigate.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A model server over real HTTP that plays a script, one scene a request; the last scene is played again and again. It speaks
 * any of the three protocols.
 */
public final class ScriptedModel implements AutoCloseable {

    /** What happens on a request. */
    public interface Scene {
        void play(Turn turn) throws IOException;
    }

    /**
     * A request that waits for its answer.
     *
     * @param closing counted down when the server closes
     */
    public record Turn(HttpExchange exchange, String request, Dialect dialect, CountDownLatch closing) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Dialect dialect;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final AtomicInteger next = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public ScriptedModel(Scene... script) throws IOException {
        this(Dialect.OPENAI, script);
    }

    ScriptedModel(Dialect dialect, Scene... script) throws IOException {
        this.dialect = dialect;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(dialect.path(), exchange -> {
            String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(request);
            try (exchange) {
                script[Math.min(next.getAndIncrement(), script.length - 1)].play(
                        new Turn(exchange, request, dialect, closing));
            }
        });
        server.start();
    }

    public URI baseUrl() {
        return dialect.baseUrl("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort());
    }

    Dialect dialect() {
        return dialect;
    }

    public List<String> requests() {
        return List.copyOf(requests);
    }

    public static Scene says(String content) {
        return turn -> send(turn, 200, turn.dialect().says(content));
    }

    /** An answer made from the request, as a model that believes what it reads would make it. */
    public static Scene answers(UnaryOperator<String> fromRequest) {
        return turn -> says(fromRequest.apply(turn.request())).play(turn);
    }

    /** A scene chosen by the request, for requests whose order is not known. */
    public static Scene plays(Function<String, Scene> fromRequest) {
        return turn -> fromRequest.apply(turn.request()).play(turn);
    }

    public static Scene callsTool(String name, Map<String, String> arguments) {
        return turn -> send(turn, 200, turn.dialect().callsTool(name, arguments));
    }

    public static Scene fails(int status) {
        return turn -> send(turn, status, "{\"error\":{\"message\":\"out of order\"}}");
    }

    public static Scene hangs() {
        return turn -> await(turn.closing(), 60_000);
    }

    /** Headers at once, then a byte now and then. */
    public static Scene drips() {
        return turn -> {
            turn.exchange().sendResponseHeaders(200, 0);
            try (OutputStream body = turn.exchange().getResponseBody()) {
                while (!await(turn.closing(), 50)) {
                    body.write(' ');
                    body.flush();
                }
            }
        };
    }

    public static Scene floods(int bytes) {
        return turn -> send(turn, 200, "x".repeat(bytes));
    }

    /** A body that ends in the middle of its JSON. */
    public static Scene breaksOff() {
        return turn -> send(turn, 200, turn.dialect().says("{}").substring(0, 40));
    }

    private static boolean await(CountDownLatch latch, long millis) {
        try {
            return latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(Turn turn, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        turn.exchange().getResponseHeaders().add("Content-Type", "application/json");
        turn.exchange().sendResponseHeaders(status, bytes.length);
        turn.exchange().getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
