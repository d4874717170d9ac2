package io.nightshift.deploy.cli;

import io.nightshift.deploy.home.UsageException;
import io.nightshift.learn.domain.review.Review;
import io.nightshift.learn.domain.review.ReviewFile;
import io.nightshift.runtime.inventory.ServiceClasses;
import io.nightshift.schemas.Topics;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code nightshift review}. */
@Command(
        name = "review",
        description = {
            "Writes a post-incident review in Markdown: timeline, cause, what worked, what would have caught it earlier,",
            "what went wrong and why, and proposed changes as diffs."
        })
public final class ReviewCommand implements Callable<Integer> {

    @Mixin
    private Home home;

    @Parameters(paramLabel = "ID", description = "The incident; ./nightshift incidents lists them.")
    private String id;

    @Override
    public Integer call() throws InterruptedException {
        Client client = Client.connect(home);
        ReviewFile file = new ReviewFile(id, client.trustedKeys(), new ServiceClasses(client.inventory()));
        Topics topics = client.topics();
        client.read(
                List.of(topics.incidents(), topics.investigations(), topics.actions(), topics.controls()),
                file::accept);
        client.latest(topics.lessons()).values().forEach(file::accept);
        client.latest(topics.trust()).values().forEach(file::accept);
        client.latest(topics.preventions()).values().forEach(file::accept);
        if (!file.isKnown()) {
            throw new UsageException("there is no incident '" + id + "'; ./nightshift incidents lists them");
        }
        System.out.print(Review.of(file, ZoneId.systemDefault(), Instant.now()));
        return 0;
    }
}
