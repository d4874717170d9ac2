package io.nightshift.remediate.worker;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.runtime.inventory.CommandSpec;
import io.nightshift.runtime.inventory.CommandTarget;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.ProbeSpec;
import io.nightshift.schemas.ServiceKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A target with its own synced ledger (verb, subject, key, token). The fenced one honours idempotency keys and tokens; the
 * dumb one does whatever arrives. A leaking instance reads 0.97 of its heap until it is restarted, then 0.2. The neighbour
 * {@code orders} is well, unless effects do harm: then until something is undrained.
 */
final class FakeShop {

    private static final String SCRIPT = """
            #!/bin/sh
            home=HOME
            verb=$1; subject=$2; key=$3; token=$4
            case $verb in
              probe) printf '{"value":%s,"load":%s}\\n' "$(cat $home/heap-$subject)" "$(cat $home/load-$subject)"; exit 0;;
              state) printf '{"stateToken":"%s"%s}\\n' "$(cat $home/state-$subject)" "$(cat $home/tells)"; exit 0;;
              evidence)
                if [ -e $home/evidence-hangs ]; then sleep 60; fi
                echo "$subject" >> $home/asked
                cat $home/state-$subject; exit 0;;
            esac
            if [ -e $home/hang ]; then sleep 60; fi
            if [ -e $home/fail ] || [ -e $home/fail-$verb ]; then echo broken >&2; exit 1; fi
            if [ FENCED = true ]; then
              if grep -q " $key " $home/ledger; then exit 4; fi
              highest=$(cut -d' ' -f4 $home/ledger | sort -n | tail -1)
              if [ -n "$highest" ] && [ "$token" -le "$highest" ]; then exit 5; fi
            fi
            echo "$verb $subject $key $token" >> $home/ledger
            sync $home/ledger
            for i in inventory-1 inventory-2; do
              if [ "$subject" = $i ] || [ "$subject" = inventory ]; then
                echo "$i@$token" > $home/state-$i
                if [ ! -e $home/sick ]; then echo 0.2 > $home/heap-$i; fi
              fi
            done
            if [ -e $home/drained-is-unwell ]; then
              if [ $verb = drain ]; then echo 1 > $home/load-$subject; fi
              if [ $verb = undrain ]; then echo 0.1 > $home/load-$subject; fi
            fi
            if [ -e $home/harm-later ] && [ "$verb $subject" = "drain inventory-2" ]; then echo 0.97 > $home/heap-orders-1; fi
            if [ $verb = undrain ] && [ ! -e $home/harm-stays ]; then echo 0.2 > $home/heap-orders-1
            elif [ -e $home/harm ]; then echo 0.97 > $home/heap-orders-1; fi
            if [ -e $home/slow ]; then sleep 60; fi
            """;

    private final Path home;
    private final Path script;
    private final Duration timeout;

    FakeShop(Path home, boolean fenced, Duration timeout) throws IOException {
        this.home = home;
        this.timeout = timeout;
        Files.createDirectories(home);
        Files.createFile(home.resolve("ledger"));
        Files.createFile(home.resolve("tells"));
        for (String instance : List.of("inventory-1", "inventory-2")) {
            Files.writeString(home.resolve("heap-" + instance), "0.97");
            Files.writeString(home.resolve("load-" + instance), "0.1");
            Files.writeString(home.resolve("state-" + instance), instance + "@boot");
        }
        Files.writeString(home.resolve("heap-orders-1"), "0.2");
        Files.writeString(home.resolve("load-orders-1"), "0.1");
        script = home.resolve("shop.sh");
        Files.writeString(script, SCRIPT.replace("HOME", home.toString()).replace("FENCED", String.valueOf(fenced)));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    private FakeShop(Path home, Duration timeout) {
        this.home = home;
        this.timeout = timeout;
        script = home.resolve("shop.sh");
    }

    /** The shop that another process set up. */
    static FakeShop at(Path home, Duration timeout) {
        return new FakeShop(home, timeout);
    }

    Inventory inventory(int level) {
        InventoryService service = new InventoryService(
                new ServiceKey("demo", "shop", "inventory"),
                level,
                false,
                "",
                List.of("inventory-1", "inventory-2"),
                1,
                List.of(),
                "shop",
                probes());
        InventoryService orders = new InventoryService(
                new ServiceKey("demo", "shop", "orders"),
                level,
                false,
                "",
                List.of("orders-1"),
                0,
                List.of(),
                "",
                probes());
        return new Inventory(
                List.of(service, orders),
                Map.of(
                        "shop",
                        new CommandTarget(
                                "shop",
                                true,
                                Map.of(
                                        ActionKind.RESTART,
                                        command(timeout, "restart", "{instance}", "{actionId}", "{token}"),
                                        ActionKind.DRAIN,
                                        command(timeout, "drain", "{instance}", "{actionId}", "{token}"),
                                        ActionKind.UNDRAIN,
                                        command(timeout, "undrain", "{instance}", "{actionId}", "{token}"),
                                        ActionKind.ROLL_BACK_RELEASE,
                                        command(timeout, "rollback", "{service}", "{actionId}", "{token}")),
                                command(Duration.ofSeconds(3), "state", "{instance}"),
                                new TreeMap<>(
                                        Map.of("life", command(Duration.ofSeconds(5), "evidence", "{instance}"))))));
    }

    /** Two probes by one command. */
    private List<ProbeSpec> probes() {
        CommandSpec probe = command(Duration.ofSeconds(3), "probe", "{instance}");
        return List.of(
                new ProbeSpec("heap", probe, ProbeSpec.VALUE, 0.9, Set.of(CauseClass.MEMORY_LEAK), 0.85),
                new ProbeSpec("load", probe, "load", 0.9, Set.of(), Double.POSITIVE_INFINITY));
    }

    /**
     * Lets the next effects hang, fail (all, or those of a verb), do harm to the neighbour, hang after the effect, or leave the
     * instance sick; or lets a drained instance's load read as one that is unwell.
     */
    void set(String behaviour) throws IOException {
        Files.createFile(home.resolve(behaviour));
    }

    void unset(String behaviour) throws IOException {
        Files.delete(home.resolve(behaviour));
    }

    /** What arrived and was done, oldest first: verb, subject, key, token. */
    List<String> ledger() throws IOException {
        return Files.readAllLines(home.resolve("ledger"));
    }

    /** The instances that were asked for evidence, oldest first. */
    List<String> asked() throws IOException {
        return Files.exists(home.resolve("asked")) ? Files.readAllLines(home.resolve("asked")) : List.of();
    }

    /** As an effect would leave it. */
    void replaced(String instance) throws IOException {
        Files.writeString(home.resolve("state-" + instance), instance + "@elsewhere");
        Files.writeString(home.resolve("heap-" + instance), "0.2");
    }

    /** Lets the shop tell more of itself than the state token: fields of the JSON object, each after a comma. */
    void tells(String fields) throws IOException {
        Files.writeString(home.resolve("tells"), fields);
    }

    void heap(String instance, String value) throws IOException {
        Files.writeString(home.resolve("heap-" + instance), value);
    }

    void load(String instance, String value) throws IOException {
        Files.writeString(home.resolve("load-" + instance), value);
    }

    private CommandSpec command(Duration limit, String... words) {
        List<String> argv = new java.util.ArrayList<>(List.of(script.toString()));
        argv.addAll(List.of(words));
        return new CommandSpec(argv, limit);
    }
}
