package io.nightshift.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A target with its own synced ledger of effects (instance, key, token). The dumb one does whatever arrives; the fenced one
 * does each key once and no token lower than one it saw. A leaking instance reads 0.97 of its heap until it is restarted.
 */
final class FakeShop {

    private static final String SCRIPT = """
            #!/bin/sh
            home=HOME
            verb=$1; subject=$2; key=$3; token=$4
            case $verb in
              probe) printf '{"value":%s}\\n' "$(cat $home/heap-$subject)"; exit 0;;
              state) printf '{"stateToken":"%s"}\\n' "$(cat $home/state-$subject)"; exit 0;;
            esac
            if [ FENCED = true ]; then
              if grep -q " $key " $home/ledger; then exit 4; fi
              highest=$(cut -d' ' -f3 $home/ledger | sort -n | tail -1)
              if [ -n "$highest" ] && [ "$token" -le "$highest" ]; then exit 5; fi
            fi
            echo "$subject $key $token" >> $home/ledger
            sync $home/ledger
            while [ -e $home/slow ]; do sleep 0.1; done
            echo "$subject@$token" > $home/state-$subject
            echo 0.2 > $home/heap-$subject
            """;

    private static final String INVENTORY = """
            environment: demo
            services:
              - name: inventory
                namespace: shop
                level: 4
                instances: [inventory-1, inventory-2]
                minHealthy: 1
                target: shop
                probes:
                  - name: heap
                    argv: [SHOP, probe, "{instance}"]
                    healthyBelow: 0.9
                    supports: [MEMORY_LEAK]
                    supportsAbove: 0.85
              - {name: orders, namespace: shop, instances: [orders-1]}
              - {name: gateway, namespace: shop, instances: [gateway-1]}
            targets:
              shop:
                fenced: true
                state: {argv: [SHOP, state, "{instance}"]}
                actions:
                  RESTART: {argv: [SHOP, restart, "{instance}", "{actionId}", "{token}"], timeout: TIMEOUT}
            """;

    private final Path home;
    private final Path script;

    FakeShop(Path home, boolean fenced) throws IOException {
        this.home = Files.createDirectories(home);
        Files.createFile(home.resolve("ledger"));
        for (String instance : List.of("inventory-1", "inventory-2")) {
            Files.writeString(home.resolve("heap-" + instance), "0.97");
            Files.writeString(home.resolve("state-" + instance), instance + "@boot");
        }
        script = Files.writeString(
                home.resolve("shop.sh"),
                SCRIPT.replace("HOME", home.toString()).replace("FENCED", String.valueOf(fenced)));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    /** Writes the inventory that names it. */
    Path inventory(Path file, String timeout) throws IOException {
        return Files.writeString(
                file, INVENTORY.replace("SHOP", script.toString()).replace("TIMEOUT", timeout));
    }

    /** What was done, oldest first: the instances. */
    List<String> restarted() throws IOException {
        return Files.readAllLines(home.resolve("ledger")).stream()
                .map(line -> line.split(" ")[0])
                .toList();
    }

    /** The next effects begin and don't end. */
    void hold() throws IOException {
        Files.createFile(home.resolve("slow"));
    }

    void release() throws IOException {
        Files.delete(home.resolve("slow"));
    }
}
