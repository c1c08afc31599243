using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers.Policies;

/// <summary>
/// Reads a statement of <c>aws_iam_policy_document</c> as Pulumi (<c>Pulumi.Aws.Iam.GetPolicyDocument</c>) and CDK for Terraform
/// (<c>DataAwsIamPolicyDocument</c>)
/// have it. Known by name: neither library need be referred to.
/// </summary>
internal static class TerraformStatement
{
    /// <summary>Whether a type is one of its statements.</summary>
    public static bool Is(ITypeSymbol type) => type.Name is "GetPolicyDocumentStatement" or "GetPolicyDocumentStatementArgs"
        or "GetPolicyDocumentStatementInputArgs"
        or "DataAwsIamPolicyDocumentStatement" && IsIn(type);

    /// <summary>Whether a type is what such a document is made of.</summary>
    public static bool IsDocument(ITypeSymbol type) => type.Name is "GetPolicyDocumentArgs" or "GetPolicyDocumentInvokeArgs" or "DataAwsIamPolicyDocumentConfig"
        && IsIn(type);

    /// <summary>Takes what the object's initializer says; false where a part of it is not understood.</summary>
    public static bool Read(IObjectCreationOperation creation, CodeStatement statement) =>
        creation.Arguments.All(argument => argument.IsImplicit) && PartsOf(creation).All(part => Set(part.Name, part.Value, statement));

    /// <summary>What is set by an initializer, the lists that are added to included.</summary>
    public static IEnumerable<(string? Name, IOperation Value)> PartsOf(IObjectCreationOperation creation) =>
        CodeValues.PartsOf(creation.Initializer).Select(part => part switch
    {
        ISimpleAssignmentOperation set => (CodeStatements.NameOf(set), set.Value),
        IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation { Property.Name: var name }, Initializer: var list } => (name, list),
        _ => ((string?)null, part),
    });

    private static bool Set(string? property, IOperation value, CodeStatement statement)
    {
        switch (property)
        {
            case "Sid":
                statement.Sid = new CodeItem(value);
                return true;
            case "Effect":
                statement.Effect = new CodeItem(value);
                return true;
            case "Actions" or "NotActions" or "Resources" or "NotResources":
                statement.AddTo(property.Substring(0, property.Length - 1), CodeValues.ItemsOf(value) is { } items ? items.Select(item => new CodeItem(item))
                    : [CodeItem.Unknown(value)]);
                return true;
            case "Principals" or "NotPrincipals":
                AddPrincipals(property.Substring(0, property.Length - 1), value, statement);
                return true;
            case "Conditions" or "Condition":
                // Each is one operator and one key; several of the same key are what Terraform merges.
                AddConditions(value, statement);
                return true;
            default:
                return false;
        }
    }

    private static void AddPrincipals(string element, IOperation list, CodeStatement statement)
    {
        foreach (IOperation item in CodeValues.ItemsOf(list) ?? [list])
        {
            if (MembersOf(item) is { } members && members.TryGetValue("Type", out IOperation? type) && CodeValues.Bare(type).ConstantValue.Value is string kind
                && members.TryGetValue("Identifiers", out IOperation? identifiers) && CodeValues.ItemsOf(identifiers) is { } names)
            {
                foreach (IOperation name in names)
                {
                    statement.AddPrincipal(element, kind, new CodeItem(name));
                }
            }
            else
            {
                statement.AddPrincipal(element, "AWS", CodeItem.Unknown(item));
            }
        }
    }

    private static void AddConditions(IOperation list, CodeStatement statement)
    {
        foreach (IOperation item in CodeValues.ItemsOf(list) ?? [list])
        {
            if (MembersOf(item) is { } members && members.TryGetValue("Test", out IOperation? test)
                && CodeValues.Bare(test).ConstantValue.Value is string comparison
                && members.TryGetValue("Variable", out IOperation? variable) && CodeValues.Bare(variable).ConstantValue.Value is string key
                && members.TryGetValue("Values", out IOperation? values) && CodeValues.ItemsOf(values) is [var value])
            {
                statement.AddCondition(item, comparison, key, new CodeItem(value));
            }
            else
            {
                statement.LoseConditions(item);
            }
        }
    }

    private static Dictionary<string, IOperation>? MembersOf(IOperation item) => KnownValues.Of(CodeValues.Bare(item)) is IObjectCreationOperation creation
        && creation.Arguments.All(argument => argument.IsImplicit)
        ? PartsOf(creation).Where(part => part.Name is not null).GroupBy(part => part.Name!).ToDictionary(part => part.Key, part => part.Last().Value,
            StringComparer.Ordinal)
        : null;

    private static bool IsIn(ITypeSymbol type) => type.ContainingNamespace?.ToDisplayString() is { } space
        && (space.StartsWith("Pulumi.Aws.Iam", StringComparison.Ordinal) || space.StartsWith("HashiCorp.Cdktf.", StringComparison.Ordinal));
}
