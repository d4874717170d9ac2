package io.nightshift.bench.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Stands between a member and everything on loopback that it needs. The member runs in a network namespace of its own, where
 * the same ports lead through unix sockets to here; so clients that learn the broker's address from the broker can't get
 * around it.
 */
final class FaultProxy implements AutoCloseable {

    private enum Flow {
        OPEN,
        /** Nothing moves, and nobody is told. */
        STALLED,
        /** Connections end, and new ones end at once. */
        CUT
    }

    private final Path folder;
    private final List<Integer> ports;
    private final List<ServerSocketChannel> doors = new ArrayList<>();
    private Flow flow = Flow.OPEN;

    FaultProxy(Path folder, List<Integer> ports) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.ports = List.copyOf(ports);
        for (int port : ports) {
            ServerSocketChannel door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            door.bind(UnixDomainSocketAddress.of(socket(port)));
            doors.add(door);
            Pump.serve(door, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), this::isNotCut, this::pass);
        }
    }

    private Path socket(int port) {
        return folder.resolve("port-" + port);
    }

    /** The member whose only way out is this one, from its next start on. */
    Member inside(Member member) {
        StringBuilder ways = new StringBuilder();
        ports.forEach(port ->
                ways.append(ways.isEmpty() ? "" : ",").append(port).append('=').append(socket(port)));
        return member.below(
                List.of("unshare", "--net", "--", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"),
                List.of("-D" + Relayed.WAYS + "=" + ways));
    }

    synchronized void stall() {
        flow = Flow.STALLED;
    }

    synchronized void cut() {
        flow = Flow.CUT;
        notifyAll();
    }

    synchronized void open() {
        flow = Flow.OPEN;
        notifyAll();
    }

    private synchronized boolean isNotCut() {
        return flow != Flow.CUT;
    }

    private synchronized boolean pass() throws InterruptedException {
        while (flow == Flow.STALLED) {
            wait();
        }
        return flow != Flow.CUT;
    }

    @Override
    public void close() throws IOException {
        cut();
        for (ServerSocketChannel door : doors) {
            door.close();
        }
    }
}
