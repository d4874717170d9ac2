package io.nightshift.bench.injection;

import io.nightshift.events.ActionKind;
import io.nightshift.events.CauseClass;
import io.nightshift.events.ChangeKind;
import io.nightshift.runtime.inventory.CommandSpec;
import io.nightshift.runtime.inventory.CommandTarget;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.TargetSpec;
import io.nightshift.schemas.ServiceKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is wrong with the shop, and what is right to do about it. */
enum Trouble {
    /** Two instances fill their memory after a release; collections and requests slow down. */
    LEAK("inventory", CauseClass.MEMORY_LEAK, ActionKind.ROLLING_RESTART) {
        @Override
        Shop shop() {
            return new Shop()
                    .change("inventory", ChangeKind.DEPLOYMENT, "1.4.0", "1.3.9", "rolled out", -120)
                    .memory("inventory", "inventory-1", 0.97, 6, -40, HEAP)
                    .memory("inventory", "inventory-2", 0.96, 5.5, -30, HEAP)
                    .metric("inventory", "jvm.gc.duration", 7, -20, Map.of())
                    .latency("inventory", 20, 3000, 5, 0)
                    .latency("orders", 40, 3200, 5, 2)
                    .latency("gateway", 50, 3400, 5, 3)
                    .errors("orders", 0.2, 4, 6)
                    .errors("gateway", 0.3, 6, 8);
        }
    },
    /** Requests fail from a minute after a release on, with nothing else unusual. */
    BAD_RELEASE("payments", CauseClass.BAD_RELEASE, ActionKind.ROLL_BACK_RELEASE) {
        @Override
        Shop shop() {
            return new Shop()
                    .change("payments", ChangeKind.DEPLOYMENT, "2.1.0", "2.0.0", "rolled out", -60)
                    .errors("payments", 0.5, 6, 0)
                    .errors("orders", 0.15, 5, 2)
                    .errors("gateway", 0.15, 5, 3);
        }
    },
    /** Nothing is heard of a service any more and its callers fail. */
    CRASH("payments", CauseClass.PROCESS_CRASH, ActionKind.ROLLING_RESTART) {
        @Override
        Shop shop() {
            return new Shop()
                    .silence("payments", "payments-1", 6, 0)
                    .silence("payments", "payments-2", 6, 0)
                    .errors("orders", 0.3, 5, 1)
                    .errors("gateway", 0.3, 5, 2);
        }
    },
    /** A leak that has just crossed its thresholds, while requests already fail after a release. */
    FRESH_LEAK("inventory", CauseClass.MEMORY_LEAK, ActionKind.ROLLING_RESTART) {
        @Override
        Shop shop() {
            return new Shop()
                    .change("inventory", ChangeKind.DEPLOYMENT, "1.4.0", "1.3.9", "rolled out", -90)
                    .memory("inventory", "inventory-1", 0.92, 1.8, -10, HEAP)
                    .metric("inventory", "jvm.gc.duration", 1.2, -5, Map.of())
                    .errors("inventory", 0.2, 4, 0)
                    .latency("orders", 40, 420, 1.4, 1)
                    .errors("gateway", 0.05, 1.2, 3);
        }
    },
    /** More load than usual arrives, and instances are busier for it: nothing is to be restarted. */
    SURGE("gateway", CauseClass.TRAFFIC_SURGE, null) {
        @Override
        Shop shop() {
            return new Shop()
                    .load("gateway", 30, 90, 6, -2)
                    .load("orders", 30, 88, 6, -1)
                    .load("inventory", 30, 88, 6, -1)
                    .load("payments", 30, 88, 6, -1)
                    .metric("gateway", "jvm.cpu.recent_utilization", 4, 0, Map.of())
                    .metric("inventory", "jvm.cpu.recent_utilization", 5, 0, Map.of())
                    .latency("gateway", 50, 300, 4, 1);
        }
    };

    private static final Map<String, String> HEAP = Map.of("jvm.memory.type", "heap");
    private static final int AUTONOMY = 5;

    private final String service;
    private final CauseClass cause;
    private final ActionKind action;

    Trouble(String service, CauseClass cause, ActionKind action) {
        this.service = service;
        this.cause = cause;
        this.action = action;
    }

    /** The shop in this trouble, freshly made. */
    abstract Shop shop();

    String target() {
        return Shop.id(service);
    }

    CauseClass cause() {
        return cause;
    }

    /** The right action, or null where none is right. */
    ActionKind action() {
        return action;
    }

    /** Action and target as {@link Trial} words them. */
    String repair() {
        return action == null ? Trial.NONE : action + " " + target();
    }

    static Inventory inventory() {
        CommandSpec command = new CommandSpec(List.of("keeper", "{service}"), Duration.ofSeconds(30));
        TargetSpec target = new CommandTarget(
                "keeper", true, Map.of(ActionKind.RESTART, command, ActionKind.ROLL_BACK_RELEASE, command), command);
        List<InventoryService> services = Shop.SERVICES.stream()
                .map(name -> new InventoryService(
                        new ServiceKey("demo", "shop", name),
                        AUTONOMY,
                        false,
                        "",
                        List.of(name + "-1", name + "-2"),
                        0,
                        List.of(),
                        target.name(),
                        List.of()))
                .toList();
        return new Inventory(services, Map.of(target.name(), target));
    }
}
