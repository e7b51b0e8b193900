package org.ebb.runtime;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleLanguage;
import com.oracle.truffle.api.TruffleStackTrace;
import com.oracle.truffle.api.TruffleStackTraceElement;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.interop.InteropException;
import com.oracle.truffle.api.interop.InteropLibrary;
import com.oracle.truffle.api.nodes.EncapsulatingNodeReference;
import com.oracle.truffle.api.nodes.Node;
import java.util.List;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/** What objects of the host throw into a program. */
public final class HostErrors {

    private HostErrors() {}

    /**
     * A host's exception with its place in the program. It has one only where the node that asked the host had named itself to Truffle,
     * which costs more than most questions; so the statement does it afterwards, by having the host throw it once more from there.
     */
    @TruffleBoundary
    public static AbstractTruffleException at(AbstractTruffleException error, Node statement) {
        TruffleLanguage.Env env = EbbContext.get(null).env();
        if (!env.isHostException(error) || hasPlace(error)) {
            return error;
        }
        Throwable original = env.asHostException(error);
        ProxyExecutable again = arguments -> HostErrors.<RuntimeException>raise(original);
        EncapsulatingNodeReference place = EncapsulatingNodeReference.getCurrent();
        Node before = place.set(statement);
        try {
            InteropLibrary.getUncached().execute(env.asGuestValue(again));
            return error;
        } catch (AbstractTruffleException placed) {
            return placed;
        } catch (InteropException refused) {
            return error;
        } finally {
            place.set(before);
        }
    }

    private static boolean hasPlace(AbstractTruffleException error) {
        List<TruffleStackTraceElement> calls = TruffleStackTrace.getStackTrace(error);
        return calls == null || calls.isEmpty() || calls.getFirst().getLocation() != null;
    }

    @SuppressWarnings("unchecked") // the host may have thrown a checked one
    private static <T extends Throwable> Object raise(Throwable original) throws T {
        throw (T) original;
    }
}
