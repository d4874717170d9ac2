package io.nightshift.embedded.broker;

import io.nightshift.embedded.EmbeddedException;
import io.nightshift.embedded.PortTakenException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * Binds the broker's sockets before anything else starts: a taken port is an early, clear error, and an ephemeral port
 * is known when the configuration is written, without a race between probing and binding.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {
    static final String HOST = "127.0.0.1";

    private final Map<String, ServerSocketChannel> unclaimed = new ConcurrentHashMap<>();

    /**
     * @param port 0 for any free one
     * @return the port that was bound
     */
    int bind(String listener, int port) {
        ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.bind(new InetSocketAddress(InetAddress.getByName(HOST), port), 50);
            unclaimed.put(listener, channel);
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        } catch (IOException e) {
            closeQuietly(channel);
            if (e instanceof BindException) {
                throw new PortTakenException("the embedded broker", port, e);
            }
            throw new EmbeddedException("cannot listen on " + HOST + ":" + port, e);
        }
    }

    @Override
    public ServerSocketChannel openServerSocket(String listener, InetSocketAddress address, int backlog, int buffer)
            throws IOException {
        ServerSocketChannel channel = unclaimed.remove(listener);
        if (channel == null) {
            throw new IOException("no socket was bound for listener " + listener);
        }
        channel.configureBlocking(false);
        return channel;
    }

    @Override
    public void close() {
        unclaimed.values().forEach(LoopbackSockets::closeQuietly);
        unclaimed.clear();
    }

    private static void closeQuietly(ServerSocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // a socket that will not close has no remedy here, and the first error is the one to tell
        }
    }
}
