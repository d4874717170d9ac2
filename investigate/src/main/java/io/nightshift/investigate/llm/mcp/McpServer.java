package io.nightshift.investigate.llm.mcp;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.exception.ToolArgumentsException;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.McpTransport;
import io.nightshift.investigate.domain.Untrusted;
import io.nightshift.investigate.http.LimitedBody;
import io.nightshift.investigate.look.LookSource;
import io.nightshift.investigate.look.LookTool;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.ToolSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server that speaks the Model Context Protocol. Only tools that the operator listed <em>and</em> that the server marks with
 * {@code readOnlyHint} are called, and both are looked at again before each call: a server may change its mind. Connected to
 * when first needed; after a fault the connection is made anew.
 */
public final class McpServer implements LookSource {

    private static final int SAID = 300;

    private final ToolSettings settings;
    private final List<LookTool> tools;
    private final ExecutorService threads;
    private McpClient client;

    public McpServer(ToolSettings settings) {
        this.settings = settings;
        this.tools = settings.scope().stream()
                .<LookTool>map(tool -> new McpLook(this, tool, settings))
                .toList();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "mcp-" + settings.name());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public String kind() {
        return settings.kind().label();
    }

    @Override
    public List<LookTool> tools() {
        return tools;
    }

    @Override
    public String check(Duration timeLeft) throws LookException {
        List<ToolSpecification> offered = within(timeLeft, () -> connected().listTools());
        List<String> faults = new ArrayList<>();
        for (String tool : settings.scope()) {
            Optional<ToolShape> shape = shape(offered, tool);
            if (shape.isEmpty()) {
                faults.add(tool + " is not offered");
            } else if (!shape.get().isReadOnly()) {
                faults.add(tool + " is not marked read-only");
            }
        }
        if (!faults.isEmpty()) {
            throw new LookException(
                    name() + ": " + String.join(", ", faults) + "; an operator has to correct the list of its tools");
        }
        return "offers " + offered.size() + " tools; those listed are read-only: "
                + String.join(", ", settings.scope());
    }

    /**
     * What the server says of the tool now.
     *
     * @throws LookException when it can't be asked, or the tool may not be used
     */
    ToolShape shape(String tool, Duration timeLeft) throws LookException {
        ToolShape shape = shape(within(timeLeft, () -> connected().listTools()), tool)
                .orElseThrow(() -> new LookException(name() + " does not offer the tool " + tool
                        + " any more; an operator has to correct the list of its tools"));
        if (!shape.isReadOnly()) {
            throw new LookException(name() + " does not mark the tool " + tool
                    + " as read-only, so it is not used; an operator has to take it out of the list");
        }
        return shape;
    }

    private static Optional<ToolShape> shape(List<ToolSpecification> offered, String tool) {
        return offered.stream()
                .filter(specification -> specification.name().equals(tool))
                .findFirst()
                .map(ToolShape::new);
    }

    /** The result of the tool as text. */
    String call(String tool, String arguments, Duration timeLeft) throws LookException {
        ToolExecutionRequest request =
                ToolExecutionRequest.builder().name(tool).arguments(arguments).build();
        return within(timeLeft, () -> connected().executeTool(request).resultText());
    }

    private synchronized McpClient connected() {
        if (client == null) {
            McpTransport transport = settings.endpoint()
                    .<McpTransport>map(endpoint -> new HttpTransport(endpoint, settings.limits(), threads))
                    .orElseGet(() -> StdioServer.of(settings, threads));
            try {
                client = DefaultMcpClient.builder()
                        .transport(transport)
                        .key(name())
                        .clientName("nightshift")
                        .initializationTimeout(settings.limits().timeout())
                        .toolExecutionTimeout(Duration.ZERO) // each call is bounded by its look
                        .cacheToolList(false)
                        .autoHealthCheck(false)
                        .logHandler(message -> {}) // its text is untrusted and nobody's question
                        .build();
            } catch (RuntimeException e) {
                close(transport);
                throw e;
            }
        }
        return client;
    }

    private static void close(McpTransport transport) {
        try {
            transport.close();
        } catch (IOException | RuntimeException e) {
            // It never came up; there is nothing left to close.
        }
    }

    private <T> T within(Duration timeLeft, Callable<T> question) throws LookException {
        Duration limit = timeLeft.compareTo(settings.limits().timeout()) < 0
                ? timeLeft
                : settings.limits().timeout();
        Future<T> answer = threads.submit(question);
        try {
            return answer.get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            disconnect();
            throw slow(limit, e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new LookException(name() + " was not waited for: the investigation was ended", e);
        } catch (ExecutionException e) {
            throw fault(e.getCause(), limit);
        }
    }

    private LookException slow(Duration limit, Throwable cause) {
        return new LookException(
                name() + " gave no complete answer within " + limit.toMillis() + " ms; ask for less", cause);
    }

    private LookException fault(Throwable thrown, Duration limit) {
        if (isToolsOwn(thrown)) {
            String said = thrown.getCause() == null
                    ? thrown.getMessage()
                    : thrown.getCause().getMessage();
            return new LookException(
                    name() + " refused the call; mend the arguments; it says " + Untrusted.data(said, SAID), thrown);
        }
        disconnect();
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        if (cause instanceof LimitedBody.TooLongException) {
            return new LookException(name() + ": " + cause.getMessage() + "; ask for less", thrown);
        }
        if (cause instanceof TimeoutException) {
            return slow(limit, thrown);
        }
        if (cause instanceof HttpTransport.RefusedException refused) {
            return new LookException(
                    name() + " refused to be asked (" + refused.status()
                            + "); an operator has to check its url and credential",
                    thrown);
        }
        return new LookException(
                name() + " can't be used (" + cause.getClass().getSimpleName()
                        + "); an operator has to check its url or command, and that it speaks MCP",
                thrown);
    }

    /** Whether the tool itself failed; the library wraps its words into a bare runtime exception, and faults of the way too. */
    private static boolean isToolsOwn(Throwable thrown) {
        return thrown instanceof ToolArgumentsException
                || thrown instanceof ToolExecutionException
                        && (thrown.getCause() == null || thrown.getCause().getClass() == RuntimeException.class);
    }

    private synchronized void disconnect() {
        if (client != null) {
            try {
                client.close();
            } catch (Exception e) {
                // It is given up in any case.
            }
            client = null;
        }
    }

    @Override
    public void close() {
        disconnect();
        threads.shutdownNow();
    }
}
