package io.nightshift.remediate.worker;

import io.nightshift.events.ActionStatus;
import io.nightshift.events.Execution;
import io.nightshift.remediate.domain.Planning;
import io.nightshift.remediate.target.Targets;
import io.nightshift.runtime.inventory.Inventory;
import io.nightshift.runtime.inventory.InventoryService;
import io.nightshift.runtime.inventory.TargetSpec;
import io.nightshift.runtime.worker.Work;
import io.nightshift.runtime.worker.WorkContext;
import io.nightshift.runtime.worker.WorkHandler;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Does what was allowed, and only that: each execution is a run of its own. */
public final class Executor implements WorkHandler<String, Execution> {

    /**
     * What a run works with.
     *
     * @param targets what can be acted on
     * @param settle how long an instance may take to be well after its step
     */
    record Tools(
            Inventory inventory,
            Checks checks,
            Health health,
            Evidence evidence,
            Journal journal,
            Reports reports,
            Targets targets,
            Failpoints failpoints,
            Duration settle,
            Clock clock) {}

    private final Tools tools;

    Executor(Tools tools) {
        this.tools = tools;
    }

    @Override
    public void onAssigned(Collection<TopicPartition> partitions) {
        List<Integer> numbers =
                partitions.stream().map(TopicPartition::partition).toList();
        tools.journal().readBack(numbers, tools.clock().instant());
        tools.checks().warmUp();
    }

    @Override
    public void onStopped() {
        tools.checks().close();
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> work(Work<String, Execution> work, WorkContext context)
            throws InterruptedException {
        Execution execution = work.value();
        tools.journal().forget(tools.clock().instant());
        Optional<String> objection = tools.checks().againstExecution(execution);
        if (objection.isPresent()) {
            return refused(execution, objection.get());
        }
        Optional<InventoryService> service =
                tools.inventory().service(execution.getPlan().getTarget());
        Optional<TargetSpec> target = service.flatMap(tools.inventory()::targetOf);
        if (target.isEmpty()
                || !service.get().instances().containsAll(execution.getPlan().getInstances())) {
            return refused(execution, "the inventory no longer has this target");
        }
        List<Step> steps = Step.of(execution.getPlan());
        if (steps.isEmpty() || !steps.stream().allMatch(step -> step.isWithin(execution.getPlan()))) {
            return refused(execution, "its steps are none, or touch what the plan does not name");
        }
        return new ExecutionRun(new Run(
                        tools,
                        execution,
                        service.get(),
                        target.get(),
                        steps,
                        work.source().partition(),
                        context,
                        tools.clock().instant().plus(Planning.LONGEST_RUN),
                        new ArrayList<>()))
                .run();
    }

    private List<ProducerRecord<byte[], byte[]>> refused(Execution execution, String why) {
        return failed(execution, "Refused at the moment of acting: " + why + ".");
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> onTimeout(Work<String, Execution> work) {
        return failed(work.value(), "The executor ran out of time; what it began is in the journal.");
    }

    @Override
    public List<ProducerRecord<byte[], byte[]>> onFailure(Work<String, Execution> work, Throwable fault) {
        return failed(work.value(), "The executor failed: " + fault.getClass().getSimpleName() + ".");
    }

    private List<ProducerRecord<byte[], byte[]>> failed(Execution execution, String sentence) {
        return List.of(tools.reports()
                .event(
                        execution,
                        ActionStatus.FAILED,
                        tools.clock().instant(),
                        List.of(),
                        List.of(),
                        List.of(),
                        sentence));
    }
}
