package io.nightshift.investigate.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * HTTP with a server that may be broken or hostile: the whole exchange, a dripping body too, has one deadline; the answer has a
 * greatest size; redirects are not followed, so that the address asked is the only one spoken to.
 */
public final class BoundedExchange {

    private final HttpClient client;

    /**
     * @param connect greatest time for making a connection
     * @param tls whom to trust; empty for the authorities that Java trusts
     */
    public BoundedExchange(Duration connect, Optional<SSLContext> tls) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(connect)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /**
     * Sends, and waits for the whole answer.
     *
     * @throws TimeoutException when it was not complete within the deadline
     * @throws LimitedBody.TooLongException when it was longer than the limit
     * @throws IOException when the exchange failed
     */
    public HttpResponse<byte[]> send(HttpRequest request, Duration deadline, int limitBytes)
            throws IOException, InterruptedException, TimeoutException {
        return send(request, deadline, limitBytes, info -> BodySubscribers.ofByteArray());
    }

    /** The same, with another reader of the body. */
    public <T> HttpResponse<T> send(
            HttpRequest request, Duration deadline, int limitBytes, Function<ResponseInfo, BodySubscriber<T>> reader)
            throws IOException, InterruptedException, TimeoutException {
        CompletableFuture<HttpResponse<T>> exchange =
                client.sendAsync(request, info -> new LimitedBody<>(reader.apply(info), limitBytes));
        try {
            return exchange.get(Math.max(1, deadline.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException e) {
            exchange.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }
}
