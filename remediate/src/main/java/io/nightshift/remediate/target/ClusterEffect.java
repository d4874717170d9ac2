package io.nightshift.remediate.target;

import io.nightshift.remediate.target.Target.Effect;
import io.nightshift.remediate.target.Target.Preview;
import io.nightshift.remediate.target.Target.Result;
import java.util.Map;

/** One kind of effect on a cluster. Calls that fail throw; what can't be done throws {@link RefusedException}. */
interface ClusterEffect {

    /** It can't be done, and nothing was. */
    final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** Asks the API whether it would take the effect. */
    Preview ask(ClusterApi api, Effect effect);

    Result perform(ClusterApi api, Effect effect) throws InterruptedException;

    Standing standing(ClusterApi api, Map<String, String> values);
}
