package io.nightshift.shop.keeper;

import io.nightshift.shop.Fleet.Instance;
import io.nightshift.shop.Home;
import io.nightshift.shop.ShopSettings;
import io.nightshift.shop.keeper.Status.InstanceStatus;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The place of one logical instance, through which its processes come and go. */
final class Berth {
    private static final Set<String> RUNNING = Set.of("READY", "DRAINED");

    private final Home home;
    private final ShopSettings settings;
    private final Instance instance;
    private final Runnable changed;
    private volatile Slot slot;
    private volatile String state = "STOPPED";
    private volatile int restarts;
    private volatile int crashes;

    /** @param changed called after each change of what callers may use */
    Berth(Home home, ShopSettings settings, Instance instance, Runnable changed) {
        this.home = home;
        this.settings = settings;
        this.instance = instance;
        this.changed = changed;
    }

    void start(String version) throws IOException, InterruptedException {
        if (slot != null && slot.isAlive()) {
            return;
        }
        become("STARTING", null);
        Slot next = Slot.launch(home, settings, instance, version, instance.port());
        admit(next);
    }

    void stop() throws InterruptedException {
        Slot old = slot;
        if (old == null) {
            return;
        }
        become("DRAINING", old);
        old.drainAndEnd();
        become("STOPPED", null);
    }

    /** Callers are sent elsewhere; the process lives on. Once more changes nothing. */
    void drain() throws IOException {
        if (slot == null || !RUNNING.contains(state)) {
            throw new IOException(instance.id() + " is not ready");
        }
        become("DRAINED", slot);
    }

    /** Callers come back. A restart has let them come back already, and this then changes nothing. */
    void undrain() throws IOException {
        if (slot == null || !RUNNING.contains(state)) {
            throw new IOException(instance.id() + " is not ready");
        }
        become("READY", slot);
    }

    /** A new process in place of the old one; beside it first, where the instance has a spare port. */
    void replace(String version) throws IOException, InterruptedException {
        Slot old = slot;
        if (old == null || !old.isAlive() || !instance.canOverlap()) {
            stop();
            start(version);
        } else {
            int free = old.port() == instance.port() ? instance.sparePort() : instance.port();
            Slot next = Slot.launch(home, settings, instance, version, free);
            try {
                admit(next);
            } catch (IOException e) {
                become("READY", old);
                throw e;
            }
            old.drainAndEnd();
        }
        restarts++;
    }

    private void admit(Slot next) throws IOException, InterruptedException {
        try {
            next.awaitReady();
        } catch (IOException e) {
            next.end();
            become("STOPPED", null);
            throw e;
        }
        become("READY", next);
        next.onExit(() -> ended(next));
    }

    private synchronized void become(String newState, Slot newSlot) {
        state = newState;
        slot = newSlot;
        changed.run();
    }

    private synchronized void ended(Slot which) {
        if (slot == which && (state.equals("READY") || state.equals("DRAINED"))) {
            crashes++;
            become("CRASHED", null);
        }
    }

    boolean control(String name, int number) throws InterruptedException {
        Slot current = slot;
        return current != null && current.control(name, number);
    }

    /** The address that callers may use, if any. */
    Optional<String> address() {
        Slot current = slot;
        return current != null && state.equals("READY") ? Optional.of(current.address()) : Optional.empty();
    }

    List<ProcessId> process() {
        Slot current = slot;
        return current == null ? List.of() : List.of(current.id());
    }

    Instance instance() {
        return instance;
    }

    InstanceStatus status() {
        Slot current = slot;
        boolean runs = current != null;
        return new InstanceStatus(
                instance.id(),
                instance.service(),
                runs ? current.version() : "",
                state,
                runs ? current.port() : instance.port(),
                runs ? current.id().pid() : 0,
                runs ? current.id().startedAt() : "",
                runs ? current.id().stateToken() : "",
                restarts,
                crashes);
    }
}
