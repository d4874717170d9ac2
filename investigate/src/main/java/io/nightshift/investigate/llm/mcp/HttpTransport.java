package io.nightshift.investigate.llm.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.transport.McpOperationHandler;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpInitializationNotification;
import dev.langchain4j.mcp.protocol.McpInitializeRequest;
import io.nightshift.investigate.http.BoundedExchange;
import io.nightshift.investigate.look.Endpoint;
import io.nightshift.investigate.look.ToolSettings.Limits;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;

/**
 * MCP over streamable HTTP, bounded: each exchange has a deadline and a greatest size, and no redirect is followed. The library's
 * own transport reads answers of any size.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-06-18/basic/transports">the transport</a>
 */
final class HttpTransport implements McpTransport {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SESSION = "Mcp-Session-Id";
    private static final String EVENTS = "text/event-stream";

    private final Endpoint endpoint;
    private final Limits limits;
    private final BoundedExchange exchange;
    private final Executor threads;
    private volatile McpOperationHandler handler;
    private volatile String session = "";
    private volatile String version = "";

    HttpTransport(Endpoint endpoint, Limits limits, Executor threads) {
        this.endpoint = endpoint;
        this.limits = limits;
        this.exchange = new BoundedExchange(limits.timeout(), endpoint.tls());
        this.threads = threads;
    }

    @Override
    public void start(McpOperationHandler messageHandler) {
        handler = messageHandler;
    }

    @Override
    public CompletableFuture<JsonNode> initialize(McpInitializeRequest request) {
        return exchange(request).thenCompose(answer -> {
            version = answer.path("result").path("protocolVersion").asText();
            return exchange(new McpInitializationNotification()).thenApply(nothing -> answer);
        });
    }

    @Override
    public CompletableFuture<JsonNode> executeOperationWithResponse(McpClientMessage request) {
        return exchange(request);
    }

    @Override
    public CompletableFuture<JsonNode> executeOperationWithResponse(McpCallContext context) {
        return exchange(context.message());
    }

    @Override
    public void executeOperationWithoutResponse(McpClientMessage request) {
        exchange(request);
    }

    @Override
    public void executeOperationWithoutResponse(McpCallContext context) {
        exchange(context.message());
    }

    private CompletableFuture<JsonNode> exchange(McpClientMessage message) {
        CompletableFuture<JsonNode> future = new CompletableFuture<>();
        if (message.getId() != null) {
            handler.startOperation(message.getId(), future);
        }
        threads.execute(() -> {
            try {
                HttpResponse<Void> response =
                        exchange.send(request(message), limits.timeout(), limits.maxBytes(), this::reader);
                if (response.statusCode() / 100 != 2) {
                    throw new RefusedException(response.statusCode());
                }
                if (message.getId() == null) {
                    future.complete(null);
                } else {
                    future.completeExceptionally(new IOException("the server ended its answer without a result"));
                }
            } catch (IOException | TimeoutException e) {
                future.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    private HttpRequest request(McpClientMessage message) throws JsonProcessingException {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.url())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, " + EVENTS)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(message)));
        endpoint.authorisation().header().ifPresent(header -> request.header("Authorization", header));
        if (!session.isEmpty()) {
            request.header(SESSION, session);
        }
        if (!version.isEmpty()) {
            request.header("MCP-Protocol-Version", version);
        }
        return request.build();
    }

    private BodySubscriber<Void> reader(ResponseInfo info) {
        if (info.statusCode() / 100 != 2) {
            return BodySubscribers.discarding();
        }
        // Before the body: whoever gets the answer may speak again at once.
        info.headers().firstValue(SESSION).ifPresent(given -> session = given);
        boolean events = info.headers()
                .firstValue("Content-Type")
                .map(type -> type.startsWith(EVENTS))
                .orElse(false);
        return events
                ? BodySubscribers.fromLineSubscriber(new EventLines(this::handle))
                : BodySubscribers.mapping(BodySubscribers.ofString(StandardCharsets.UTF_8), text -> {
                    handle(text);
                    return null;
                });
    }

    /** One message of the server; what is no JSON is passed over, and the operation ends without a result. */
    private void handle(String text) {
        if (text.isBlank()) {
            return;
        }
        try {
            JsonNode message = JSON.readTree(text);
            if (message.isObject()) {
                handler.handle(message);
            }
        } catch (JsonProcessingException | RuntimeException e) {
            // A message that can't be read, by us or by the library, is told by the missing result.
        }
    }

    @Override
    public void checkHealth() {
        // Each exchange is a connection of its own: the next one tells.
    }

    @Override
    public void onFailure(Runnable actionOnFailure) {
        // No connection stays open that could fail between two exchanges.
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    /** The server answered with another status than success. */
    static final class RefusedException extends IOException {

        private static final long serialVersionUID = 1;

        private final int status;

        RefusedException(int status) {
            super("status " + status);
            this.status = status;
        }

        int status() {
            return status;
        }
    }
}
