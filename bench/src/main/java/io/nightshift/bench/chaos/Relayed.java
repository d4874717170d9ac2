package io.nightshift.bench.chaos;

import io.nightshift.deploy.NightshiftCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/** {@code nightshift} in a network namespace of its own: its loopback ports lead out through unix sockets. */
public final class Relayed {

    /** System property: {@code port=socket,port=socket}. */
    static final String WAYS = "chaos.ways";

    private Relayed() {}

    public static void main(String[] arguments) throws IOException {
        for (String way : List.of(System.getProperty(WAYS).split(","))) {
            int cut = way.indexOf('=');
            ServerSocketChannel door = ServerSocketChannel.open();
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(way.substring(0, cut))));
            Pump.serve(door, UnixDomainSocketAddress.of(way.substring(cut + 1)), () -> true, () -> true);
        }
        NightshiftCommand.main(arguments);
    }
}
