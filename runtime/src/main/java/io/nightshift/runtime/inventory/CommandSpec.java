package io.nightshift.runtime.inventory;

import java.time.Duration;
import java.util.List;

/**
 * A command as an argv template: no shell, each placeholder fills a part of one argument.
 *
 * @param argv program and arguments; placeholders {instance}, {service}, {serviceId}, {actionId}, {token} and declared
 *     arguments
 * @param timeout after which the whole process group is ended
 */
public record CommandSpec(List<String> argv, Duration timeout) implements EffectSpec {

    public CommandSpec {
        argv = List.copyOf(argv);
    }

    @Override
    public boolean isServiceWide() {
        return argv.stream().noneMatch(word -> word.contains(Placeholders.INSTANCE));
    }
}
