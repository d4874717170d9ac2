package io.nightshift.runtime.inventory;

import java.time.Duration;
import java.util.Set;

/**
 * Asks again and again how a started job stands.
 *
 * @param id where the answer before it names the job: a JSON pointer, or {@value #LOCATION} for the last part of that header
 * @param path path and query, with {@code {id}}
 * @param status JSON pointer of the job's status in the answer
 * @param succeeded statuses of a job that did well; empty when any status at all ends this hop
 * @param failed statuses of a job that failed
 * @param every time between two questions
 */
public record HttpPollSpec(
        String id, String path, String status, Set<String> succeeded, Set<String> failed, Duration every) {

    public static final String LOCATION = "header:Location";

    public HttpPollSpec {
        succeeded = Set.copyOf(succeeded);
        failed = Set.copyOf(failed);
    }
}
