package io.nightshift.shop;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;

/** Sends requests that may be sent twice, over connections that lie idle for minutes between them. */
final class IdleConnection {

    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * Sends the request, and once more when the connection turned out to be closed: a server ends those that are idle, and
     * the client learns of it from the next request.
     */
    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (ConnectException | HttpTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
