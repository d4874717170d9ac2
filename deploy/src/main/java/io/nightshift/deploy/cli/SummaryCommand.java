package io.nightshift.deploy.cli;

import io.nightshift.oversee.domain.summary.MorningSummary;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code nightshift summary}. */
@Command(
        name = "summary",
        description = "Tells an incident in Markdown: what happened, why we think so, what was done and by which rule.")
public final class SummaryCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Parameters(paramLabel = "ID", description = "The incident; ./nightshift incidents lists them.")
    private String id;

    @Override
    public Integer call() throws InterruptedException {
        System.out.println(MorningSummary.of(NightReader.incident(Client.connect(home), id), ZoneId.systemDefault()));
        return 0;
    }
}
