package io.nightshift.shop.service;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;

/**
 * Another service as seen by its caller: picks an instance, calls it within a timeout, traces and measures each try.
 * A call needs a connection of the pool; when none is free it waits, up to a second, and then fails. A refused or broken
 * connection is tried once more elsewhere: a POST only when it was refused, that is, never arrived.
 */
final class Peer {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    private final String service;
    private final Endpoints endpoints;
    private final Duration timeout;
    private final ConnectionPool pool;
    private final Telemetry telemetry;
    private final Vitals vitals;
    private final Journal journal;
    private final DoubleHistogram duration;

    Peer(
            String service,
            Endpoints endpoints,
            Duration timeout,
            ConnectionPool pool,
            Telemetry telemetry,
            Vitals vitals,
            Journal journal) {
        this.service = service;
        this.endpoints = endpoints;
        this.timeout = timeout;
        this.pool = pool;
        this.telemetry = telemetry;
        this.vitals = vitals;
        this.journal = journal;
        this.duration = telemetry
                .meter()
                .histogramBuilder("http.client.request.duration")
                .setUnit("s")
                .setDescription("Duration of HTTP client requests.")
                .setExplicitBucketBoundariesAdvice(Semantic.SECONDS)
                .build();
    }

    /** Calls {@code path}, whose shape without values is {@code template}; a failed call is a 502, 503 or 504 reply. */
    Reply call(String method, String path, String template) throws InterruptedException {
        if (!pool.take()) {
            journal.error(pool.shortage(), null);
            return Reply.error(503, "no free connection to " + service);
        }
        long began = System.nanoTime();
        try {
            List<String> addresses = endpoints.inTurn();
            if (addresses.isEmpty()) {
                return Reply.error(503, "no instance of " + service);
            }
            try {
                return attempt(method, addresses.get(0), path, template);
            } catch (IOException first) {
                return again(method, addresses, path, template, first);
            }
        } catch (HttpTimeoutException e) {
            return Reply.error(504, service + " did not answer in time");
        } catch (IOException e) {
            return Reply.error(502, service + " is not reachable");
        } finally {
            pool.giveBack();
            vitals.waited(System.nanoTime() - began);
        }
    }

    private Reply again(String method, List<String> addresses, String path, String template, IOException first)
            throws IOException, InterruptedException {
        boolean safe = first instanceof ConnectException || method.equals("GET");
        if (first instanceof HttpTimeoutException || !safe) {
            throw first;
        }
        return attempt(method, addresses.get(addresses.size() - 1), path, template);
    }

    private Reply attempt(String method, String address, String path, String template)
            throws IOException, InterruptedException {
        long began = System.nanoTime();
        String host = address.substring(0, address.indexOf(':'));
        long port = Long.parseLong(address.substring(address.indexOf(':') + 1));
        String url = "http://" + address + path;
        Span span = telemetry
                .tracer()
                .spanBuilder(method + " " + template)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(Semantic.METHOD, method)
                .setAttribute(Semantic.FULL_URL, url)
                .setAttribute(Semantic.TEMPLATE, template)
                .setAttribute(Semantic.SERVER_ADDRESS, host)
                .setAttribute(Semantic.SERVER_PORT, port)
                .setAttribute(Semantic.PEER_SERVICE, service)
                .startSpan();
        AttributesBuilder measured = Attributes.builder()
                .put(Semantic.METHOD, method)
                .put(Semantic.SERVER_ADDRESS, host)
                .put(Semantic.SERVER_PORT, port)
                .put(Semantic.TEMPLATE, template);
        try {
            HttpResponse<String> response =
                    CLIENT.send(request(method, url, span), HttpResponse.BodyHandlers.ofString());
            outcome(span, measured, response.statusCode());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException failure) {
            measured.put(Semantic.ERROR_TYPE, failure.getClass().getName());
            span.setAttribute(Semantic.ERROR_TYPE, failure.getClass().getName());
            span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
            throw failure;
        } finally {
            span.end();
            duration.record((System.nanoTime() - began) / 1e9, measured.build());
        }
    }

    private HttpRequest request(String method, String url, Span span) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(timeout)
                .method(method, HttpRequest.BodyPublishers.noBody());
        telemetry.propagator().inject(Context.current().with(span), request, HttpRequest.Builder::setHeader);
        return request.build();
    }

    private static void outcome(Span span, AttributesBuilder measured, int status) {
        span.setAttribute(Semantic.STATUS, (long) status);
        measured.put(Semantic.STATUS, (long) status);
        if (status >= 400) {
            span.setAttribute(Semantic.ERROR_TYPE, String.valueOf(status));
            measured.put(Semantic.ERROR_TYPE, String.valueOf(status));
            span.setStatus(StatusCode.ERROR);
        }
    }
}
