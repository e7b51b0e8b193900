import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Lets the optimizer start when the first function is to be compiled, and not with the first function that there is: its start takes the second
 * core for a sixth of a second, which short programs and those that spend their time in tensors never get back. Truffle has no
 * option for that. Its task for the start waits at its beginning, on the optimizer's own thread, until another task stands behind it: at most
 * two seconds, and not at all where compiling is to be waited for.
 */
final class LateOptimizer {

    private static final String RUNTIME = "com.oracle.truffle.runtime.";
    private static final ClassDesc HOTSPOT = ClassDesc.of(RUNTIME + "hotspot.HotSpotTruffleRuntime");
    private static final ClassDesc START = ClassDesc.of(RUNTIME + "hotspot.HotSpotTruffleRuntime$1");
    private static final ClassDesc TASK = ClassDesc.of(RUNTIME + "CompilationTask");
    private static final ClassDesc QUEUE = ClassDesc.of(RUNTIME + "BackgroundCompileQueue");
    private static final ClassDesc TARGET = ClassDesc.of(RUNTIME + "OptimizedCallTarget");
    private static final ClassDesc ENGINE = ClassDesc.of(RUNTIME + "EngineData");

    private static final int TURNS = 400;
    private static final long MILLISECONDS = 5;

    private LateOptimizer() {}

    static boolean isStart(ClassModel model) {
        return model.thisClass().asSymbol().equals(START);
    }

    /** The class with the waiting in it. Fails when this version of Truffle has another task. */
    static byte[] waiting(ClassFile files, ClassModel model) {
        String type = MethodTypeDesc.of(ConstantDescs.CD_void, TASK).descriptorString();
        if (model.methods().stream().noneMatch(method -> method.methodName().equalsString("accept") && method.methodType().equalsString(type))) {
            throw new IllegalStateException("the optimizer's start is not where LateOptimizer looks for it");
        }
        return files.transformClass(model, ClassTransform.transformingMethodBodies(
                method -> method.methodName().equalsString("accept") && method.methodType().equalsString(type), new Before()));
    }

    private static final class Before implements CodeTransform {

        @Override
        public void atStart(CodeBuilder code) {
            int turns = code.allocateLocal(TypeKind.INT);
            Label again = code.newLabel();
            Label now = code.newLabel();
            code.iconst_0().istore(turns).labelBinding(again);
            code.aload(0).getfield(START, "val$firstCallTarget", TARGET).getfield(TARGET, "engine", ENGINE)
                    .getfield(ENGINE, "backgroundCompilation", ConstantDescs.CD_boolean).ifeq(now);
            code.aload(0).getfield(START, "this$0", HOTSPOT).invokevirtual(HOTSPOT, "getCompileQueue", MethodTypeDesc.of(QUEUE))
                    .invokevirtual(QUEUE, "getQueueSize", MethodTypeDesc.of(ConstantDescs.CD_int)).ifne(now);
            code.iload(turns).loadConstant(TURNS).if_icmpge(now);
            code.loadConstant(MILLISECONDS).invokestatic(ClassDesc.of("java.lang.Thread"), "sleep", MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long));
            code.iinc(turns, 1).goto_(again).labelBinding(now);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
