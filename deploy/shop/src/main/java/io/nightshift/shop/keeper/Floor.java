package io.nightshift.shop.keeper;

import io.nightshift.shop.Fleet;
import io.nightshift.shop.Home;
import io.nightshift.shop.Role;
import io.nightshift.shop.ShopSettings;
import io.nightshift.shop.keeper.Status.ServiceStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The whole shop: its berths, the releases of its services, and the address book that callers read. */
final class Floor {
    private final Home home;
    private final List<Berth> berths = new ArrayList<>();
    private final Map<Role, List<String>> history = new EnumMap<>(Role.class);

    Floor(Home home, ShopSettings settings) {
        this.home = home;
        for (Fleet.Instance instance : settings.fleet().instances()) {
            berths.add(new Berth(home, settings, instance, () -> publish(instance.role())));
        }
        for (Role role : Role.values()) {
            history.put(role, new ArrayList<>(List.of(role.firstVersion())));
        }
    }

    void openAll() {
        List<CompletableFuture<Void>> starts = berths.stream()
                .map(berth -> CompletableFuture.runAsync(() -> startQuietly(berth), task -> new Thread(task).start()))
                .toList();
        CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
    }

    private void startQuietly(Berth berth) {
        try {
            berth.start(currentVersion(berth.instance().role()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void endAll() {
        for (Berth berth : berths) {
            berth.process().forEach(p -> ProcessHandle.of(p.pid()).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    private synchronized void publish(Role role) {
        String addresses = of(role).stream()
                .flatMap(b -> b.address().stream())
                .map(a -> a + "\n")
                .collect(Collectors.joining());
        try {
            Home.replace(home.endpoints().resolve(role.service()), addresses);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Berth> of(Role role) {
        return berths.stream().filter(b -> b.instance().role() == role).toList();
    }

    Optional<Berth> berth(String instance) {
        return berths.stream().filter(b -> b.instance().id().equals(instance)).findFirst();
    }

    synchronized String currentVersion(Role role) {
        List<String> versions = history.get(role);
        return versions.get(versions.size() - 1);
    }

    /** The release before the current one. */
    synchronized Optional<String> previousVersion(Role role) {
        List<String> versions = history.get(role);
        return versions.size() < 2 ? Optional.empty() : Optional.of(versions.get(versions.size() - 2));
    }

    /** Brings a release to each instance of a service, one after another; each must be ready before the next. */
    void rollOut(Role role, String version) throws IOException, InterruptedException {
        synchronized (this) {
            history.get(role).add(version);
        }
        replaceAll(role, version);
    }

    /** Brings the previous release back; the one rolled back leaves the history, so that a second goes further back. */
    void rollBack(Role role) throws IOException, InterruptedException {
        String version;
        synchronized (this) {
            version = previousVersion(role).orElseThrow(() -> new IOException("no release before the current one"));
            List<String> versions = history.get(role);
            versions.remove(versions.size() - 1);
        }
        replaceAll(role, version);
    }

    /** Sends callers elsewhere, where there is an elsewhere. */
    void drain(Berth berth) throws IOException {
        boolean others = of(berth.instance().role()).stream()
                .anyMatch(other -> other != berth && other.address().isPresent());
        if (!others) {
            throw new IOException("nobody else serves " + berth.instance().service());
        }
        berth.drain();
    }

    private void replaceAll(Role role, String version) throws IOException, InterruptedException {
        for (Berth berth : of(role)) {
            berth.replace(version);
        }
    }

    synchronized Status status() {
        List<ServiceStatus> services = new ArrayList<>();
        history.forEach((role, versions) -> services.add(new ServiceStatus(
                role.service(), currentVersion(role), previousVersion(role).orElse(""), List.copyOf(versions))));
        return new Status(services, berths.stream().map(Berth::status).toList());
    }
}
