package io.nightshift.investigate.llm;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.nightshift.investigate.domain.Quoted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * HTTP for a server that may be broken: the whole exchange, a dripping body too, has one deadline; the answer has a greatest
 * size; redirects are not followed, so that the configured host is the only one spoken to.
 */
final class BoundedHttp implements HttpClient {

    private static final int ERROR_TEXT = 200;

    private final java.net.http.HttpClient client;
    private final Duration deadline;
    private final int limitBytes;

    private BoundedHttp(Duration connect, Duration deadline, int limitBytes) {
        this.client = java.net.http.HttpClient.newBuilder()
                .connectTimeout(connect)
                .followRedirects(Redirect.NEVER)
                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                .build();
        this.deadline = deadline;
        this.limitBytes = limitBytes;
    }

    static HttpClientBuilder builder(Duration deadline, int limitBytes) {
        return new Builder(deadline, limitBytes);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(wire(request), info -> new LimitedBody(limitBytes));
        try {
            HttpResponse<byte[]> response = exchange.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
            String body = new String(response.body(), StandardCharsets.UTF_8);
            if (response.statusCode() < 200 || response.statusCode() > 299) {
                throw new HttpException(response.statusCode(), Quoted.text(body, ERROR_TEXT));
            }
            return SuccessfulHttpResponse.builder()
                    .statusCode(response.statusCode())
                    .headers(response.headers().map())
                    .body(body)
                    .build();
        } catch (java.util.concurrent.TimeoutException e) {
            exchange.cancel(true);
            throw new TimeoutException("no complete answer within " + deadline.toMillis() + " ms");
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted while the model was thinking");
        } catch (ExecutionException e) {
            throw new UncheckedIOException(e.getCause() instanceof IOException io ? io : new IOException(e.getCause()));
        }
    }

    private java.net.http.HttpRequest wire(HttpRequest request) {
        java.net.http.HttpRequest.Builder wire =
                java.net.http.HttpRequest.newBuilder(URI.create(request.url())).timeout(deadline);
        request.headers().forEach((name, values) -> values.forEach(value -> wire.header(name, value)));
        String body = request.body() == null ? "" : request.body();
        return wire.method(request.method().name(), java.net.http.HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("answers are not streamed: an unfinished one can't be checked");
    }

    /** What the model's builder asks for; its own timeouts would not cover a body that drips. */
    private static final class Builder implements HttpClientBuilder {

        private final Duration deadline;
        private final int limitBytes;
        private Duration connectTimeout = Duration.ofSeconds(5);

        Builder(Duration deadline, int limitBytes) {
            this.deadline = deadline;
            this.limitBytes = limitBytes;
        }

        @Override
        public Duration connectTimeout() {
            return connectTimeout;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        @Override
        public Duration readTimeout() {
            return deadline;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return new BoundedHttp(connectTimeout, deadline, limitBytes);
        }
    }
}
