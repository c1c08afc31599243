using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Rules.Documents;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Analyzers.Policies;

/// <summary>A policy that code makes of objects rather than text.</summary>
/// <param name="Whole">The expression that gives it.</param>
/// <param name="Write">Writes it as JSON.</param>
internal sealed record PolicyObjects(IOperation Whole, Action<JsonOfCode> Write)
{
    // Of the types of AWS that policies and grants are made of.
    private static readonly string[] Words = ["Policy", "Statement", "Permission", "Grant"];

    /// <summary>What the policy is; null where what takes it tells.</summary>
    public PolicyContext? Context { get; init; }

    /// <summary>True when no policy is written down (<see cref="FoundPolicy.IsImplied"/>).</summary>
    public bool IsImplied { get; init; }

    /// <summary>What blocks the public access that it gives; null where the resource that takes it tells.</summary>
    public PublicAccessBlock? Block { get; init; }

    /// <summary>Whether an object may be one, or open access: a look at the name of its type.</summary>
    public static bool MayBe(IObjectCreationOperation creation) => creation.Type is { Name: var name } type
        && (name is "Dictionary" or "SortedDictionary" or "JsonObject" or "JObject"
            || Words.Any(word => name.IndexOf(word, StringComparison.Ordinal) >= 0) || ModelObjects.HasStatement(type));

    /// <summary>The policy that begins at an operation; null for an operation that is another thing or only a part of one.</summary>
    public static PolicyObjects? At(IOperation operation) => operation switch
    {
        IObjectCreationOperation creation when CodeStatements.Makes(creation) => Statement(creation),
        IObjectCreationOperation { Type: { Name: "Policy" } type } creation when CodeStatements.IsOf(type, "Amazon.Auth.AccessControlPolicy", "Policy") =>
            Document(Chain(creation)),
        IObjectCreationOperation { Type: { } type } creation when TerraformStatement.IsDocument(type) => Document(creation),
        // The documents of the CDK, and what makes a policy with a name or an ARN of its own of the same statements.
        ISimpleAssignmentOperation
        {
            Parent: IObjectOrCollectionInitializerOperation
            {
                Parent: IObjectCreationOperation
                {
                    Type.Name: "PolicyDocumentProps"
            or "ManagedPolicyProps" or "PolicyProps"
                } props
            }
        } set
            when CodeStatements.NameOf(set) == "Statements" && props.Type!.ContainingNamespace.ToDisplayString() == "Amazon.CDK.AWS.IAM"
                && CodeValues.ItemsOf(set.Value) is { Count: > 0 } statements =>
            new PolicyObjects(props, json => json.Document(statements, JsonOfCode.SpanOf(set))),
        IAnonymousObjectCreationOperation when IsDocument(operation) && !IsChanged(operation) => new PolicyObjects(operation, json => json.Value(operation)),
        IObjectCreationOperation { Type.Name: "Dictionary" or "JsonObject" or "JObject" or "SortedDictionary" } when IsDocument(operation) =>
            new PolicyObjects(operation, json => json.Value(operation)),
        IObjectCreationOperation { Type: var own } when ModelObjects.HasStatement(own) && IsDocument(operation) && !IsChanged(operation) =>
            new PolicyObjects(operation, json => json.Value(operation)),
        _ => CdkGrants.At(operation),
    };

    private static PolicyObjects? Document(IOperation policy) => CodeStatements.InDocument(policy) is { Count: > 0 } statements
        ? new PolicyObjects(policy, json => json.Document(statements, JsonOfCode.SpanOf(policy)))
        : null;

    private static PolicyObjects? Statement(IObjectCreationOperation creation)
    {
        IOperation whole = Chain(creation);
        if (IsInDocument(whole) || (CodeStatements.LocalOf(whole) is { } local && whole.Syntax.FirstAncestorOrSelf<BlockSyntax>() is { } block
            && PolicyUses.Of(local, block).Any(IsInDocument)))
        {
            return null;
        }

        return CodeStatements.Of(whole) is null ? null : new PolicyObjects(whole, json => json.Document([whole], JsonOfCode.SpanOf(whole)));
    }

    /// <summary>The last of the calls that return the object.</summary>
    private static IOperation Chain(IOperation made)
    {
        while (made.Parent is IInvocationOperation { TargetMethod.Name: var name } call && call.Instance == made
            && name.StartsWith("With", StringComparison.Ordinal))
        {
            made = call;
        }

        return made;
    }

    /// <summary>Whether a statement is one of a document that is looked at as a whole.</summary>
    private static bool IsInDocument(IOperation statement)
    {
        IOperation child = statement;
        for (IOperation? parent = statement.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConversionOperation or IArrayInitializerOperation or IArrayCreationOperation or IArgumentOperation
                    or IObjectOrCollectionInitializerOperation or { Syntax: CollectionExpressionSyntax }:
                    continue;
                case IInvocationOperation { TargetMethod.Name: "Add", Parent: IObjectOrCollectionInitializerOperation }:
                case IMemberInitializerOperation:
                    continue;
                case ISimpleAssignmentOperation set when set.Value == child:
                    return CodeStatements.NameOf(set) is "Statements" or "Statement";
                case IInvocationOperation { TargetMethod.Name: "WithStatements" }:
                    return true;
                case IObjectCreationOperation { Type.Name: "Policy" }:
                    return true;
                case IObjectCreationOperation { Type.Name: "List" }:
                    continue;
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsDocument(IOperation value) => CodeValues.MembersOf(value) is { } members
        && members.Any(member => member.Name == "Statement"
            && ((CodeValues.ItemsOf(member.Value) ?? [member.Value]).Any(HasEffect) || PolicyUses.IsGiven(value)));

    private static bool HasEffect(IOperation statement) => CodeValues.MembersOf(statement) is { } members && members.Any(member => member.Name == "Effect");

    /// <summary>An object in a local that the code goes on to change.</summary>
    private static bool IsChanged(IOperation value) => CodeStatements.LocalOf(value) is { } local
        && value.Syntax.FirstAncestorOrSelf<BlockSyntax>() is { } block
        && PolicyUses.Of(local, block).Any(use => use.Parent is IPropertyReferenceOperation or IInvocationOperation);
}
