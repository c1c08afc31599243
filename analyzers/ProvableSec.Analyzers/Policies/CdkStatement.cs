using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Reads a statement made with the CDK's types (https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.PolicyStatement.html).</summary>
internal static class CdkStatement
{
    /// <summary>Takes what <c>new PolicyStatement(…)</c> says; false where that is in another place.</summary>
    public static bool Read(IObjectCreationOperation creation, CodeStatement statement)
    {
        if (creation.Arguments.FirstOrDefault(argument => !argument.IsImplicit) is not { Value: var argument })
        {
            return true;
        }

        return KnownValues.Of(CodeValues.Bare(argument)) is IObjectCreationOperation { Initializer: var initializer }
            && CodeValues.PartsOf(initializer).All(set => set is ISimpleAssignmentOperation assignment
                && Set(CodeStatements.NameOf(assignment), assignment.Value, statement));
    }

    /// <summary>Takes what the code does to the statement afterwards; false where that is not understood.</summary>
    public static bool Change(IOperation change, CodeStatement statement) => change switch
    {
        ISimpleAssignmentOperation set => Set(CodeStatements.NameOf(set), set.Value, statement),
        IInvocationOperation call => Call(call, statement),
        _ => false,
    };

    private static bool Set(string? property, IOperation value, CodeStatement statement)
    {
        switch (property)
        {
            case "Sid":
                statement.Sid = new CodeItem(value);
                return true;
            case "Effect":
                statement.Effect = EffectOf(value);
                return true;
            case "Actions" or "NotActions" or "Resources" or "NotResources":
                statement.AddTo(property.Substring(0, property.Length - 1), ItemsOf(value));
                return true;
            case "Principals" or "NotPrincipals":
                CdkPrincipals.Add(value, property.Substring(0, property.Length - 1), statement);
                return true;
            case "Conditions":
                statement.AddCondition(json => json.Value(value));
                return true;
            default:
                return false;
        }
    }

    /// <summary>The effect that an enumeration's member names, in either library.</summary>
    public static CodeItem EffectOf(IOperation value) => KnownValues.Of(CodeValues.Bare(value)) switch
    {
        IFieldReferenceOperation { Field.Name: "ALLOW" or "Allow" } => new CodeItem(value, "Allow"),
        IFieldReferenceOperation { Field.Name: "DENY" or "Deny" } => new CodeItem(value, "Deny"),
        _ => CodeItem.Unknown(value),
    };

    private static bool Call(IInvocationOperation call, CodeStatement statement)
    {
        string name = call.TargetMethod.Name;
        switch (name)
        {
            case "AddActions" or "AddNotActions" or "AddResources" or "AddNotResources":
                statement.AddTo(name.Substring(3, name.Length - 4), ItemsOf(call.Arguments[0].Value));
                return true;
            case "AddAllResources":
                statement.AddTo("Resource", [new CodeItem(call, "*")]);
                return true;
            case "AddAnyPrincipal":
                statement.AddPrincipal("Principal", "AWS", new CodeItem(call, "*"));
                return true;
            case "AddPrincipals" or "AddNotPrincipals":
                CdkPrincipals.Add(call.Arguments[0].Value, name.Substring(3, name.Length - 4), statement);
                return true;
            case "AddArnPrincipal":
                statement.AddPrincipal("Principal", "AWS", new CodeItem(call.Arguments[0].Value));
                return true;
            case "AddAwsAccountPrincipal":
                statement.AddPrincipal("Principal", "AWS", CdkPrincipals.Account(call.Arguments[0].Value));
                return true;
            case "AddServicePrincipal" when call.Arguments.Count(argument => !argument.IsImplicit) == 1:
                statement.AddPrincipal("Principal", "Service", new CodeItem(call.Arguments[0].Value));
                return true;
            case "AddCondition":
                statement.AddCondition(json => json.Member(call.Arguments[0].Value, call.Arguments[1].Value));
                return true;
            case "AddConditions":
                statement.AddCondition(json => json.Value(call.Arguments[0].Value));
                return true;
            case "AddSourceAccountCondition":
                statement.AddCondition(call, "StringEquals", "aws:SourceAccount", new CodeItem(call.Arguments[0].Value));
                return true;
            case "AddSourceArnCondition":
                statement.AddCondition(call, "ArnEquals", "aws:SourceArn", new CodeItem(call.Arguments[0].Value));
                return true;
            case "AddAccountCondition":
                statement.AddCondition(call, "StringEquals", "sts:ExternalId", new CodeItem(call.Arguments[0].Value));
                return true;
            default:
                return false;
        }
    }

    private static IEnumerable<CodeItem> ItemsOf(IOperation list) => CodeValues.ItemsOf(list) is { } items ? items.Select(item => new CodeItem(item))
        : [CodeItem.Unknown(list)];
}
