using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Azure.WebJobs;

namespace Courier.WorkerHost.Triggers;

/// <summary>
/// Makes, from what the worker says of its functions, the class that the WebJobs SDK looks for: as the Functions host does it, so that no second
/// list of queues can differ from the worker's. <c>[FunctionName("F")] public Task F([QueueTrigger("q", Connection = "c")] … message, CancellationToken)</c>.
/// </summary>
internal static class QueueJobsType
{
    private const MethodAttributes Public = MethodAttributes.Public | MethodAttributes.HideBySig;

    public static Type Create(IEnumerable<WorkerFunction.Queue> functions)
    {
        AssemblyBuilder assembly = AssemblyBuilder.DefineDynamicAssembly(new AssemblyName("WorkerFunctions"), AssemblyBuilderAccess.RunAndCollect);
        TypeBuilder type = assembly.DefineDynamicModule("WorkerFunctions").DefineType("WorkerFunctions", TypeAttributes.Public | TypeAttributes.Sealed, typeof(QueueJobs));
        type.DefineDefaultConstructor(Public);
        foreach (WorkerFunction.Queue function in functions)
            AddMethod(type, function);
        return type.CreateType();
    }

    private static void AddMethod(TypeBuilder type, WorkerFunction.Queue function)
    {
        Type message = function.IsDeferred ? typeof(ParameterBindingData) : typeof(string);
        MethodBuilder method = type.DefineMethod(function.Name, Public, typeof(Task), [message, typeof(CancellationToken)]);
        method.SetCustomAttribute(Attribute(typeof(FunctionNameAttribute), function.Name));
        ParameterBuilder parameter = method.DefineParameter(1, ParameterAttributes.None, function.Parameter);
        parameter.SetCustomAttribute(Attribute(typeof(QueueTriggerAttribute), function.QueueName, nameof(QueueTriggerAttribute.Connection), function.Connection));
        method.DefineParameter(2, ParameterAttributes.None, "cancellationToken");

        ILGenerator il = method.GetILGenerator();
        il.Emit(OpCodes.Ldarg_0);
        il.Emit(OpCodes.Ldstr, function.Name);
        il.Emit(OpCodes.Ldarg_1);
        il.Emit(OpCodes.Ldarg_2);
        il.Emit(OpCodes.Call, typeof(QueueJobs).GetMethod(function.IsDeferred ? "RunDeferredAsync" : "RunTextAsync", BindingFlags.Instance | BindingFlags.NonPublic)!);
        il.Emit(OpCodes.Ret);
    }

    private static CustomAttributeBuilder Attribute(Type attribute, string argument) => new(attribute.GetConstructor([typeof(string)])!, [argument]);

    private static CustomAttributeBuilder Attribute(Type attribute, string argument, string property, string value) =>
        new(attribute.GetConstructor([typeof(string)])!, [argument], [attribute.GetProperty(property)!], [value]);
}
