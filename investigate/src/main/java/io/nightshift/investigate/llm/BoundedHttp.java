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
import io.nightshift.investigate.http.BoundedExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The model's HTTP, over an exchange that a broken server can neither hold up nor flood. */
final class BoundedHttp implements HttpClient {

    private static final int ERROR_TEXT = 200;

    private final BoundedExchange exchange;
    private final Duration deadline;
    private final int limitBytes;

    private BoundedHttp(Duration connect, Duration deadline, int limitBytes) {
        this.exchange = new BoundedExchange(connect, Optional.empty());
        this.deadline = deadline;
        this.limitBytes = limitBytes;
    }

    static HttpClientBuilder builder(Duration deadline, int limitBytes) {
        return new Builder(deadline, limitBytes);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = exchange.send(wire(request), deadline, limitBytes);
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
            throw new TimeoutException("no complete answer within " + deadline.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("interrupted while the model was thinking");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
