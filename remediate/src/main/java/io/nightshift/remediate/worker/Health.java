package io.nightshift.remediate.worker;

import io.nightshift.events.CauseClass;
import io.nightshift.events.ProbeResult;
import io.nightshift.remediate.target.ArgvProbe;
import io.nightshift.runtime.inventory.CommandSpec;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.ProbeSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Looks at instances by their declared probes, past all telemetry. Commands run side by side, a few at a time. */
public final class Health {

    private static final int NEIGHBOURS = 16;
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);
    private static final int AT_ONCE = 8;
    private static final long IDLE_SECONDS = 10;

    private final ArgvProbe probe;
    private final ExecutorService lookers = lookers();

    public Health(ArgvProbe probe) {
        this.probe = probe;
    }

    /** Every probe of the service on these instances, by instance, in their order. */
    Map<String, List<ProbeResult>> look(InventoryService service, Collection<String> instances)
            throws InterruptedException {
        List<Callable<List<ProbeResult>>> commands = new ArrayList<>();
        instances.forEach(instance -> commands.addAll(commands(service, instance)));
        Map<String, List<ProbeResult>> readings = new LinkedHashMap<>();
        instances.forEach(instance -> readings.put(instance, new ArrayList<>()));
        for (Future<List<ProbeResult>> future : lookers.invokeAll(commands)) {
            ended(future).forEach(result -> readings.get(result.getSubject()).add(result));
        }
        return readings;
    }

    /**
     * Every probe on every instance of these services; one that the inventory does not have, or without probes, is passed over.
     * The subject of a reading is service/instance. Bounded by {@link #NEIGHBOURS} instances and {@link #LONGEST_LOOK}: what
     * lies beyond is not looked at.
     */
    List<ProbeResult> neighbours(Inventory inventory, List<String> ids) throws InterruptedException {
        List<Callable<List<ProbeResult>>> commands = new ArrayList<>();
        int looked = 0;
        for (String id : ids) {
            Optional<InventoryService> service = inventory.service(id);
            for (String instance : service.map(InventoryService::instances).orElse(List.of())) {
                if (looked++ < NEIGHBOURS) {
                    for (Callable<List<ProbeResult>> command : commands(service.get(), instance)) {
                        commands.add(() -> ofNeighbour(id, command.call()));
                    }
                }
            }
        }
        List<ProbeResult> results = new ArrayList<>();
        for (Future<List<ProbeResult>> future :
                lookers.invokeAll(commands, LONGEST_LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
            if (!future.isCancelled()) {
                results.addAll(ended(future));
            }
        }
        return results;
    }

    /** At least one probe looked, and none failed: no answer is never a good one. */
    public static boolean isHealthy(List<ProbeResult> results) {
        return !results.isEmpty() && results.stream().allMatch(ProbeResult::getPassed);
    }

    /** Whether one of these readings speaks for the cause. */
    public static boolean supports(InventoryService service, List<ProbeResult> results, CauseClass cause) {
        return service.probes().stream()
                .filter(spec -> spec.supports().contains(cause))
                .anyMatch(spec -> results.stream()
                        .filter(result -> result.getProbe().equals(spec.name()))
                        .anyMatch(result -> result.getValue() != null && result.getValue() >= spec.supportsAbove()));
    }

    /** One look for each command: probes that have the same share it. */
    private List<Callable<List<ProbeResult>>> commands(InventoryService service, String instance) {
        Map<CommandSpec, List<ProbeSpec>> byCommand = service.probes().stream()
                .collect(Collectors.groupingBy(ProbeSpec::command, LinkedHashMap::new, Collectors.toList()));
        List<Callable<List<ProbeResult>>> commands = new ArrayList<>();
        byCommand.forEach((command, probes) ->
                commands.add(() -> probe.run(command, probes, service.key().service(), instance)));
        return commands;
    }

    private static List<ProbeResult> ofNeighbour(String id, List<ProbeResult> readings) {
        return readings.stream()
                .map(reading -> ProbeResult.newBuilder(reading)
                        .setSubject(id + "/" + reading.getSubject())
                        .build())
                .toList();
    }

    private static List<ProbeResult> ended(Future<List<ProbeResult>> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalStateException("a probe is to fail by its result, not so", e);
        }
    }

    /** Threads that nobody needs to stop: they end when there is nothing to look at. */
    private static ExecutorService lookers() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "probe");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
