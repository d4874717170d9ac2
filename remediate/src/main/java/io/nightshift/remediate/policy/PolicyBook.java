package io.nightshift.remediate.policy;

import io.nightshift.remediate.domain.PolicyJudge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The policy in force. A new text takes its place only when it is sound; else the last good one stays. */
public final class PolicyBook implements PolicyJudge {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyBook.class);

    private volatile CedarPolicy current;

    /** @throws PolicyException when the first text is not sound: there is no last good one yet */
    public PolicyBook(PolicyText first) {
        current = first.load();
    }

    /** Takes the text into force if it is sound. Returns whether it did; the reason is logged if not. */
    public boolean replace(PolicyText text) {
        try {
            current = text.load();
            return true;
        } catch (PolicyException e) {
            LOG.error("The policy in force stays as it is: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public Answer judge(Question question) {
        return current.judge(question);
    }

    @Override
    public String version() {
        return current.version();
    }
}
