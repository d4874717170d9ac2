package io.nightshift.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdleConnectionTest {

    private final AtomicInteger connections = new AtomicInteger();

    @Test
    void aRequestThatMeetsAClosingConnectionIsSentAgain() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Thread serving = new Thread(() -> serve(server));
            serving.start();
            assertThat(new IdleConnection().send(to(server.getLocalPort())).body())
                    .isEqualTo("ok");
            assertThat(connections).hasValue(2);
        }
    }

    @Test
    void aServerThatIsNotThereIsNotAskedTwice() throws Exception {
        int port;
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        assertThatThrownBy(() -> new IdleConnection().send(to(port))).isInstanceOf(ConnectException.class);
    }

    /** Closes the first connection when its request is there, and answers on the second. */
    private void serve(ServerSocket server) {
        try {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    boolean isFirst = connections.incrementAndGet() == 1;
                    BufferedReader in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                    String line = in.readLine();
                    while (line != null && !line.isEmpty()) {
                        line = in.readLine();
                    }
                    if (!isFirst) {
                        socket.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
                                        .getBytes(StandardCharsets.US_ASCII));
                    }
                }
            }
        } catch (IOException closed) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    private static HttpRequest to(int port) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mark"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
    }
}
