import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * Replaces the call sites that java links when they are first reached by plain methods of the same class: switches over patterns, equals and
 * hashCode of records. The start-up cache keeps the sites of lambdas and of joined texts only; for each of these java writes and loads a class
 * at every start. Without them hello takes 8 % less time.
 *
 * <p>Every class is written anew, with the constants that it still needs and without the generic types of its fields and methods, which only
 * compilers and reflection ask for (nothing here does): the start-up cache holds all of a class in memory, and is 2 MB smaller for it.
 *
 * <p>usage: java CallSites.java JAR...
 */
final class CallSites {
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
    private static final FileSystem JAVA = FileSystems.getFileSystem(URI.create("jrt:/"));

    private final ClassFile files;

    /** A call site and the body of the method in its place. */
    private record Method(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {}

    public static void main(String[] words) throws IOException {
        replace(Stream.of(words).map(Path::of).toList());
    }

    private CallSites(List<Path> jars) throws MalformedURLException {
        List<URL> places = new ArrayList<>();
        for (Path jar : jars) {
            places.add(jar.toUri().toURL());
        }
        var ours = ClassHierarchyResolver.ofResourceParsing(new URLClassLoader(places.toArray(URL[]::new), null));
        var java = ClassHierarchyResolver.ofResourceParsing(CallSites::ofJava);
        files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ours.orElse(java).cached()), ClassFile.DebugElementsOption.DROP_DEBUG,
                ClassFile.LineNumbersOption.DROP_LINE_NUMBERS, ClassFile.ConstantPoolSharingOption.NEW_POOL);
    }

    /** A class of the JDK, of whichever module; null if there is none. */
    private static InputStream ofJava(ClassDesc type) {
        try (var modules = Files.newDirectoryStream(JAVA.getPath("packages", type.packageName()))) {
            for (Path module : modules) {
                Path file = module.toRealPath().resolve(type.packageName().replace('.', '/'), type.displayName() + ".class");
                if (Files.exists(file)) {
                    return Files.newInputStream(file);
                }
            }
            return null;
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rewrites the jars where they are. */
    static void replace(List<Path> jars) throws IOException {
        CallSites sites = new CallSites(jars);
        List<Path> written = new ArrayList<>();
        for (Path jar : jars) {
            Path copy = Files.createTempFile(jar.getParent(), "sites", ".tmp");
            written.add(copy);
            sites.copy(jar, copy);
        }
        for (int i = 0; i < written.size(); i++) {
            Files.move(written.get(i), jars.get(i), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void copy(Path jar, Path copy) throws IOException {
        try (JarFile from = new JarFile(jar.toFile()); JarOutputStream to = new JarOutputStream(Files.newOutputStream(copy))) {
            for (JarEntry entry : Collections.list(from.entries())) {
                to.putNextEntry(new JarEntry(entry.getName()));
                try (InputStream in = from.getInputStream(entry)) {
                    byte[] bytes = in.readAllBytes();
                    boolean code = entry.getName().endsWith(".class") && !entry.getName().endsWith("-info.class");
                    to.write(code ? rewrite(bytes) : bytes);
                }
                to.closeEntry();
            }
        }
    }

    private byte[] rewrite(byte[] bytes) {
        ClassModel model = files.parse(bytes);
        if (LateOptimizer.isStart(model)) {
            return LateOptimizer.waiting(files, model);
        }
        ClassDesc self = model.thisClass().asSymbol();
        boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
        List<Method> methods = new ArrayList<>();
        CodeTransform calls = (code, element) -> {
            Consumer<CodeBuilder> body = element instanceof InvokeDynamicInstruction site ? body(site, self) : null;
            if (body == null) {
                code.with(element);
                return;
            }
            Method method = new Method("site$" + methods.size(), ((InvokeDynamicInstruction) element).typeSymbol(), body);
            methods.add(method);
            code.invokestatic(self, method.name, method.type, isInterface);
        };
        return files.transformClass(model, ClassTransform.transformingMethodBodies(method -> hasSite(method, self), calls)
                .andThen(ClassTransform.dropping(element -> element instanceof SourceFileAttribute))
                .andThen(ClassTransform.transformingFields((field, element) -> keep(element, field::with)))
                .andThen(ClassTransform.transformingMethods((method, element) -> keep(element, method::with)))
                .andThen(ClassTransform.endHandler(type -> methods.forEach(method -> type.withMethodBody(method.name, method.type,
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC, method.body)))));
    }

    private static <E> void keep(E element, Consumer<E> to) {
        if (!(element instanceof SignatureAttribute)) {
            to.accept(element);
        }
    }

    private static boolean hasSite(MethodModel method, ClassDesc self) {
        return method.code().isPresent() && method.code().get().elementStream()
                .anyMatch(element -> element instanceof InvokeDynamicInstruction site && body(site, self) != null);
    }

    /** The method that does what a site is linked to; null for a site that stays. */
    private static Consumer<CodeBuilder> body(InvokeDynamicInstruction site, ClassDesc self) {
        String linker = site.bootstrapMethod().owner().displayName() + "." + site.bootstrapMethod().methodName();
        List<ConstantDesc> arguments = site.bootstrapArgs();
        return switch (linker) {
            case "SwitchBootstraps.typeSwitch" -> arguments.stream().allMatch(label -> label instanceof ClassDesc || label instanceof String)
                    ? code -> typeSwitch(code, arguments) : null;
            case "ObjectMethods.bootstrap" -> switch (site.name().stringValue()) {
                case "hashCode" -> code -> hashCode(code, self, fields(arguments));
                case "equals" -> code -> equals(code, self, fields(arguments));
                default -> null;
            };
            default -> null;
        };
    }

    /** (subject, first label to try) to the first label that fits, the number of labels if none does, -1 for null. */
    private static void typeSwitch(CodeBuilder code, List<ConstantDesc> labels) {
        Label some = code.newLabel();
        code.aload(0).ifnonnull(some).iconst_m1().ireturn().labelBinding(some);
        for (int i = 0; i < labels.size(); i++) {
            Label next = code.newLabel();
            code.iload(1).loadConstant(i).if_icmpgt(next);
            if (labels.get(i) instanceof ClassDesc type) {
                code.aload(0).instanceOf(type);
            } else {
                code.loadConstant(labels.get(i)).aload(0).invokevirtual(ConstantDescs.CD_Object, "equals", MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object));
            }
            code.ifeq(next).loadConstant(i).ireturn().labelBinding(next);
        }
        code.loadConstant(labels.size()).ireturn();
    }

    /** A record's fields: of the arguments behind its class and their names. */
    private static List<DirectMethodHandleDesc> fields(List<ConstantDesc> arguments) {
        return arguments.stream().skip(2).map(DirectMethodHandleDesc.class::cast).toList();
    }

    private static ClassDesc type(DirectMethodHandleDesc field) {
        return field.invocationType().returnType();
    }

    private static void hashCode(CodeBuilder code, ClassDesc self, List<DirectMethodHandleDesc> fields) {
        code.iconst_0();
        for (var field : fields) {
            ClassDesc type = type(field);
            code.bipush(31).imul().aload(0).getfield(self, field.methodName(), type);
            if (type.isPrimitive()) {
                code.invokestatic(box(type), "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, type));
            } else {
                code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_Object));
            }
            code.iadd();
        }
        code.ireturn();
    }

    private static void equals(CodeBuilder code, ClassDesc self, List<DirectMethodHandleDesc> fields) {
        Label same = code.newLabel();
        Label no = code.newLabel();
        code.aload(0).aload(1).if_acmpeq(same).aload(1).instanceOf(self).ifeq(no);
        for (var field : fields) {
            ClassDesc type = type(field);
            code.aload(0).getfield(self, field.methodName(), type).aload(1).checkcast(self).getfield(self, field.methodName(), type);
            if (type.isPrimitive()) {
                code.invokestatic(box(type), "compare", MethodTypeDesc.of(ConstantDescs.CD_int, type, type)).ifne(no);
            } else {
                code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object)).ifeq(no);
            }
        }
        code.labelBinding(same).iconst_1().ireturn().labelBinding(no).iconst_0().ireturn();
    }

    private static ClassDesc box(ClassDesc primitive) {
        return switch (TypeKind.from(primitive)) {
            case BOOLEAN -> ConstantDescs.CD_Boolean;
            case BYTE -> ConstantDescs.CD_Byte;
            case CHAR -> ConstantDescs.CD_Character;
            case SHORT -> ConstantDescs.CD_Short;
            case INT -> ConstantDescs.CD_Integer;
            case LONG -> ConstantDescs.CD_Long;
            case FLOAT -> ConstantDescs.CD_Float;
            case DOUBLE -> ConstantDescs.CD_Double;
            default -> throw new IllegalArgumentException(primitive.displayName());
        };
    }
}
