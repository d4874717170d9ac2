package io.nightshift.remediate.target;

import io.nightshift.runtime.inventory.AddressRule;
import io.nightshift.runtime.inventory.HttpTarget;
import io.nightshift.runtime.inventory.SecretRef;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/**
 * One call to a declared server. The host is resolved once for each call, each address is checked against the target's rule,
 * and what was checked is what is connected to, so that a name that points elsewhere a moment later reaches nothing. No
 * redirect is followed, nothing is tried again, the answer is bounded, and the whole call ends by its time.
 */
final class HttpCall {

    /** Most of an answer that is read. */
    static final int ANSWER_BYTES = 1024 * 1024;

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "http-target-timer");
        thread.setDaemon(true);
        return thread;
    });

    /** Resolves a host's name; another one in tests. */
    @FunctionalInterface
    interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /**
     * What came back.
     *
     * @param location the header of that name; empty without one
     * @param text body; null when it was longer than may be read
     */
    record Answer(int status, String location, String text) {}

    /** Nothing was sent. */
    static final class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        NotSentException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private final HttpTarget target;
    private final Names names;

    HttpCall(HttpTarget target, Names names) {
        this.target = target;
        this.names = names;
    }

    /**
     * @param path path and query on the target's server
     * @param json body; empty for none
     * @param headers besides the target's own
     * @throws NotSentException when nothing reached the server
     * @throws IOException when it may have
     */
    Answer send(String method, String path, String json, Map<String, String> headers, Duration within)
            throws IOException {
        if (within.isZero() || within.isNegative()) {
            throw new NotSentException("no time is left for it", null);
        }
        HttpUriRequestBase request = request(method, path, json, headers, within);
        Future<?> limit = TIMER.schedule(
                () -> {
                    request.cancel();
                },
                within.toMillis(),
                TimeUnit.MILLISECONDS);
        try (CloseableHttpClient client = client(within)) {
            return client.execute(request, HttpCall::answer);
        } catch (UnknownHostException | ConnectException | ConnectTimeoutException | SSLHandshakeException e) {
            throw new NotSentException(e.getMessage(), e);
        } finally {
            limit.cancel(false);
        }
    }

    private HttpUriRequestBase request(
            String method, String path, String json, Map<String, String> headers, Duration within)
            throws NotSentException {
        URI uri = URI.create(target.base().getScheme() + "://" + target.base().getRawAuthority() + path);
        HttpUriRequestBase request = new HttpUriRequestBase(method, uri);
        request.setConfig(RequestConfig.custom()
                .setRedirectsEnabled(false)
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setResponseTimeout(Timeout.of(within))
                .build());
        target.headers().forEach(request::setHeader);
        headers.forEach(request::setHeader);
        for (Map.Entry<String, SecretRef> secret : target.secretHeaders().entrySet()) {
            Optional<String> value = secret.getValue().read();
            request.setHeader(
                    secret.getKey(),
                    value.orElseThrow(() -> new NotSentException(
                            "there is no secret for the header " + secret.getKey() + " in "
                                    + secret.getValue().place(),
                            null)));
        }
        if (!json.isEmpty()) {
            request.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
        }
        return request;
    }

    /** A client of its own for each call: nothing is kept that a later call could be led by. */
    private CloseableHttpClient client(Duration within) {
        PoolingHttpClientConnectionManager connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new CheckedResolver(names, target.addresses()))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(within))
                        .setSocketTimeout(Timeout.of(within))
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setRoutePlanner(new DefaultRoutePlanner(null)) // straight there: a proxy would resolve the name anew
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    private static Answer answer(ClassicHttpResponse response) throws IOException {
        Header location = response.getFirstHeader("Location");
        String text = "";
        if (response.getEntity() != null) {
            try (InputStream body = response.getEntity().getContent()) {
                byte[] bytes = body.readNBytes(ANSWER_BYTES + 1);
                text = bytes.length > ANSWER_BYTES ? null : new String(bytes, StandardCharsets.UTF_8);
            }
        }
        return new Answer(response.getCode(), location == null ? "" : location.getValue(), text);
    }

    /** An address that the target's rule does not allow. */
    private static final class RefusedException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** Lets through what the rule allows, and refuses a name of which any address is not: half allowed is a trick. */
    private record CheckedResolver(Names names, AddressRule rule) implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = names.resolve(host);
            for (InetAddress address : addresses) {
                Optional<String> objection = rule.against(address);
                if (objection.isPresent()) {
                    throw new RefusedException(
                            host + " leads to an address that may not be called: " + objection.get());
                }
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
