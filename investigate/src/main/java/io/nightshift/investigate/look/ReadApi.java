package io.nightshift.investigate.look;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.investigate.domain.Untrusted;
import io.nightshift.investigate.http.BoundedExchange;
import io.nightshift.investigate.http.LimitedBody;
import io.nightshift.investigate.look.LookTool.LookException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * A server's API as far as it can be read: GET, and POST where a server searches by it. Bounded in time and bytes; the address
 * is the configured one and redirects are not followed. Faults come as our own words with the remedy; what the server said about
 * them is quoted as data.
 */
final class ReadApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SAID = 300;

    private final String name;
    private final Endpoint endpoint;
    private final ToolSettings.Limits limits;
    private final BoundedExchange exchange;

    ReadApi(ToolSettings settings) {
        this.name = settings.name();
        this.endpoint = settings.endpoint().orElseThrow();
        this.limits = settings.limits();
        this.exchange = new BoundedExchange(limits.timeout(), endpoint.tls());
    }

    JsonNode get(ApiPath path, Duration timeLeft) throws LookException {
        return json(send(request(path).header("Accept", "application/json").GET(), timeLeft));
    }

    String text(ApiPath path, Duration timeLeft) throws LookException {
        return send(request(path).GET(), timeLeft);
    }

    /** A search that the server takes as POST; never used for anything that changes something there. */
    JsonNode search(ApiPath path, JsonNode query, Duration timeLeft) throws LookException {
        return json(send(
                request(path)
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(query.toString())),
                timeLeft));
    }

    Duration within(Duration timeLeft) {
        return timeLeft.compareTo(limits.timeout()) < 0 ? timeLeft : limits.timeout();
    }

    Lines lines() {
        return new Lines(limits.maxLines());
    }

    private HttpRequest.Builder request(ApiPath path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(path.below(endpoint.url()));
        endpoint.authorisation().header().ifPresent(header -> request.header("Authorization", header));
        if (!endpoint.tenant().isEmpty()) {
            request.header("X-Scope-OrgID", endpoint.tenant());
        }
        return request;
    }

    private String send(HttpRequest.Builder request, Duration timeLeft) throws LookException {
        Duration deadline = within(timeLeft);
        try {
            HttpResponse<byte[]> response = exchange.send(request.build(), deadline, limits.maxBytes());
            String body = new String(response.body(), StandardCharsets.UTF_8);
            if (response.statusCode() != 200) {
                throw refused(response.statusCode(), body);
            }
            return body;
        } catch (TimeoutException e) {
            throw new LookException(
                    name + " gave no complete answer within " + deadline.toMillis()
                            + " ms; ask for a shorter time or less detail",
                    e);
        } catch (LimitedBody.TooLongException e) {
            throw new LookException(name + ": " + e.getMessage() + "; ask for a shorter time or less detail", e);
        } catch (ConnectException e) {
            throw new LookException(name + " can't be reached; an operator has to check its url and that it runs", e);
        } catch (IOException e) {
            throw new LookException(
                    name + " can't be read (" + e.getClass().getSimpleName()
                            + "); an operator has to check its url, its certificate and that it runs",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LookException(name + " was not waited for: the investigation was ended", e);
        }
    }

    private LookException refused(int status, String body) {
        if (status == 401 || status == 403) {
            return new LookException(name + " refused the look (" + status
                    + "); an operator has to check the credential and what it may read");
        }
        if (status >= 300 && status < 400) {
            return new LookException(name + " points to another address (" + status
                    + "), which is not followed; an operator has to write the final address as its url");
        }
        if (status == 404) {
            return new LookException(name + " has nothing there (404); look for the name first"
                    + ", or an operator has to check the url");
        }
        String remedy = status >= 500 || status == 429 ? "ask for less, or later" : "mend the query";
        return new LookException(
                name + " refused the look (" + status + "); " + remedy + "; it says " + Untrusted.data(body, SAID));
    }

    /** The server answered, but not as the API does that it should have. */
    LookException strange() {
        return new LookException(
                name + " answered with another shape than its API has; an operator has to check kind and url");
    }

    private JsonNode json(String body) throws LookException {
        try {
            JsonNode node = JSON.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new LookException(
                    name
                            + " answered with something that is not JSON; an operator has to check that its url is the API",
                    e);
        }
        throw strange();
    }
}
