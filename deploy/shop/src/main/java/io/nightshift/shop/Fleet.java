package io.nightshift.shop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shop's services and instances and the loopback ports they own. Ports are fixed offsets from one base, so that an
 * inventory file can be written before the first process runs.
 */
public record Fleet(int basePort) {

    /** One logical instance: its id stays while processes come and go. */
    public record Instance(String id, Role role, int port, int sparePort) {
        /** Whether a replacement may start beside the old process, so that a lone instance is replaced without a gap. */
        public boolean canOverlap() {
            return sparePort != 0;
        }

        public String service() {
            return role.service();
        }
    }

    public List<Instance> instances() {
        // in starting order: callees before callers
        return List.of(
                new Instance("store-1", Role.STORE, basePort + 30, 0),
                new Instance("payments-1", Role.PAYMENTS, basePort + 40, basePort + 41),
                new Instance("inventory-1", Role.INVENTORY, basePort + 21, 0),
                new Instance("inventory-2", Role.INVENTORY, basePort + 22, 0),
                new Instance("orders-1", Role.ORDERS, basePort + 10, basePort + 11),
                new Instance("gateway-1", Role.GATEWAY, basePort, 0));
    }

    public List<Instance> of(Role role) {
        return instances().stream().filter(i -> i.role() == role).collect(Collectors.toList());
    }

    public Optional<Instance> instance(String id) {
        return instances().stream().filter(i -> i.id().equals(id)).findFirst();
    }

    public int keeperPort() {
        return basePort + 90;
    }

    public int loadPort() {
        return basePort + 91;
    }

    /** Where somebody else's payment provider listens. */
    public int acquirerPort() {
        return basePort + 60;
    }

    /** Every port that the shop listens on, or may. */
    public List<Integer> ports() {
        IntStream ports = instances().stream()
                .flatMapToInt(i -> i.canOverlap() ? IntStream.of(i.port(), i.sparePort()) : IntStream.of(i.port()));
        return IntStream.concat(ports, IntStream.of(keeperPort(), loadPort(), acquirerPort()))
                .boxed()
                .collect(Collectors.toList());
    }

    /** Those of the shop's ports on which something else listens now. */
    public List<Integer> takenPorts() {
        return ports().stream().filter(Fleet::isTaken).collect(Collectors.toList());
    }

    private static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
