package io.nightshift.runtime.fault;

import io.nightshift.schemas.registry.RegistryException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;

/** Which faults pass by themselves. */
public final class Faults {

    private Faults() {}

    /**
     * Whether trying again later can help: a broker or the registry out of reach, a leader that moved, a generation that
     * ended, a transaction that the broker had given up meanwhile (whoever starts anew goes on where the last one was
     * committed). Anything else, such as an exception of our own code or an oversized record, would only fail again.
     */
    public static boolean isTransient(Throwable fault) {
        for (Throwable cause : causes(fault)) {
            if (cause instanceof RegistryException registry) {
                return registry.isTransient();
            }
            if (cause instanceof FencedInstanceIdException) {
                return false; // another process runs from the same folder: one of the two has to stay down
            }
            if (cause instanceof RetriableException
                    || cause instanceof ApplicationRecoverableException
                    || cause instanceof CommitFailedException
                    || cause instanceof ProducerFencedException
                    || cause instanceof InvalidTxnStateException) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether all that happened is that the broker gave up a transaction, as it does when it heard nothing for its timeout.
     * Nothing of it was committed. Streams itself starts anew where this shows as a fenced producer, and takes it for a bug
     * where the answer to the commit is that there is no such transaction.
     */
    public static boolean isLostTransaction(Throwable fault) {
        return causes(fault).stream().anyMatch(InvalidTxnStateException.class::isInstance);
    }

    /** The fault first; each once, for causes may go round. */
    private static Set<Throwable> causes(Throwable fault) {
        Set<Throwable> causes = new LinkedHashSet<>();
        for (Throwable cause = fault; cause != null && causes.add(cause); ) {
            cause = cause.getCause();
        }
        return causes;
    }
}
