package org.ebb.nodes;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.exception.AbstractTruffleException;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.nodes.ExplodeLoop;
import org.ebb.runtime.Errors;
import org.ebb.runtime.Thrown;

/** Statements one after the other. An error that no expression claimed gets the place of its statement. */
public final class BlockNode extends StatementNode {

    @Children private final StatementNode[] statements;

    public BlockNode(StatementNode[] statements) {
        this.statements = statements;
    }

    @Override
    @ExplodeLoop
    public void executeVoid(VirtualFrame frame) {
        for (StatementNode statement : statements) {
            try {
                statement.executeVoid(frame);
            } catch (AbstractTruffleException error) {
                throw Thrown.at(error, statement);
            } catch (StackOverflowError | OutOfMemoryError limit) {
                CompilerDirectives.transferToInterpreter();
                throw Errors.limit(limit).at(statement);
            }
        }
    }
}
