using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers;

/// <summary>
/// A value that code gives a name that is a text too: an environment variable, an entry of a dictionary (what CDK and Lambda take as an environment),
/// a property of the SDK. The name tells what the value is, however neutral the constant's own name.
/// </summary>
internal readonly struct NamedValue
{
    private readonly string name;
    private readonly NamedPart? other;

    private NamedValue(string name, IOperation value, NamedPart? other = null)
    {
        this.name = name;
        this.other = other;
        Value = value;
    }

    public IOperation Value { get; }

    /// <summary>True for a secret that is told of with its ID, which the same initializer sets.</summary>
    public bool IsToldWithOther => name == "SecretKey" && other is not null;

    /// <summary>As lines of an environment file, the value has the fingerprint that it has in any other text.</summary>
    public string Line => $"{name}={Text(Value)}\n" + (other is { } part ? $"{part.Name}={Text(part.Value)}\n" : "");

    /// <summary>What an operation names; null where the name or the value is not a constant, or where the text shows both side by side.</summary>
    public static NamedValue? Of(IOperation? operation) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: "SetEnvironmentVariable" or "AddEnvironment" or "Add" or "TryAdd", Arguments: [var key, var value, ..] } =>
            Of(key.Value, value.Value),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [var key] } } assignment => Of(key.Value, assignment.Value),
        ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Arguments: [], Property: var property } } assignment
            when property.ContainingType.Name == "CredentialProfileOptions"
                && property.ContainingNamespace.ToDisplayString() == "Amazon.Runtime.CredentialManagement" && IsPutTogether(assignment.Value) =>
            new NamedValue(property.Name == "Token" ? "SessionToken" : property.Name, assignment.Value, OtherHalf(assignment, property.Name)),
        _ => null,
    };

    /// <summary>The named value that an operation is.</summary>
    public static NamedValue? OfValue(IOperation operation)
    {
        IOperation? parent = operation.Parent;
        while (parent is IConversionOperation or IArgumentOperation)
        {
            parent = parent.Parent;
        }

        return Of(parent) is { } named && Unconverted(named.Value) == operation ? named : null;
    }

    private static NamedValue? Of(IOperation key, IOperation value) =>
        Unconverted(key).ConstantValue is { HasValue: true, Value: string name }
            && (IsPutTogether(value) || (IsPutTogether(key) && Unconverted(value).ConstantValue.Value is string))
            ? new NamedValue(name, value)
            : null;

    /// <summary>The secret of an ID, or the ID of a secret, where one initializer puts both together.</summary>
    private static NamedPart? OtherHalf(ISimpleAssignmentOperation assignment, string name)
    {
        string? wanted = name == "AccessKey" ? "SecretKey" : name == "SecretKey" ? "AccessKey" : null;
        IOperation? value = wanted is null || assignment.Parent is not IObjectOrCollectionInitializerOperation initializer ? null
            : initializer.Initializers.OfType<ISimpleAssignmentOperation>()
                .FirstOrDefault(set => set.Target is IPropertyReferenceOperation { Property.Name: var property } && property == wanted)?.Value;
        return value is not null && IsPutTogether(value) ? new NamedPart(wanted!, value) : null;
    }

    private static string Text(IOperation value) => Unconverted(value).ConstantValue is { HasValue: true, Value: string text } ? text : "";

    private static bool IsPutTogether(IOperation value) => Unconverted(value) is { ConstantValue: { HasValue: true, Value: string } } and not ILiteralOperation;

    private static IOperation Unconverted(IOperation value) => value is IConversionOperation conversion ? conversion.Operand : value;

    private readonly record struct NamedPart(string Name, IOperation Value);
}
