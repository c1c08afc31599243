using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ProvableSec.Analyzers.Policies;

/// <summary>Who the CDK's principals are in a policy.</summary>
internal static class CdkPrincipals
{
    /// <summary>Adds the principals of a list.</summary>
    public static void Add(IOperation list, string element, CodeStatement statement)
    {
        foreach (IOperation item in CodeValues.ItemsOf(list) ?? [list])
        {
            AddOne(CodeValues.Bare(item), element, statement);
        }
    }

    /// <summary>An account as principal.</summary>
    public static CodeItem Account(IOperation id) =>
        CodeValues.Bare(id).ConstantValue is { HasValue: true, Value: string account } ? new CodeItem(id, $"arn:aws:iam::{account}:root")
            : CodeItem.Unknown(id);

    /// <summary>Whether a principal is everybody, with no condition.</summary>
    public static bool IsEverybody(IObjectCreationOperation principal) => principal.Type?.Name switch
    {
        "AnyPrincipal" or "StarPrincipal" or "Anyone" => principal.Arguments.IsEmpty,
        "ArnPrincipal" => principal.Arguments is [{ Value.ConstantValue: { HasValue: true, Value: "*" } }],
        _ => false,
    };

    /// <summary>The principal that another one only adds conditions or session tags to.</summary>
    public static IOperation Inner(IOperation principal)
    {
        while (Wrapped(principal) is { } inner)
        {
            principal = KnownValues.Of(CodeValues.Bare(inner));
        }

        return principal;
    }

    private static IOperation? Wrapped(IOperation principal) => principal switch
    {
        IInvocationOperation { TargetMethod.Name: "WithConditions" or "WithSessionTags", Instance: var inner } => inner,
        IObjectCreationOperation { Type.Name: "PrincipalWithConditions" or "SessionTagsPrincipal", Arguments: [{ Value: var inner }, ..] } => inner,
        _ => null,
    };

    private static void AddOne(IOperation principal, string element, CodeStatement statement)
    {
        principal = KnownValues.Of(principal);
        if (Wrapped(principal) is { } inner)
        {
            AddOne(CodeValues.Bare(inner), element, statement);
            IOperation? conditions = principal switch
            {
                IInvocationOperation { TargetMethod.Name: "WithConditions", Arguments: [{ Value: var given }] } => given,
                IObjectCreationOperation { Type.Name: "PrincipalWithConditions", Arguments: [_, { Value: var given }] } => given,
                _ => null,
            };
            if (conditions is not null)
            {
                statement.AddCondition(json => json.Value(conditions));
            }

            return;
        }

        // How conditions come to be is not looked into.
        if (principal is not IObjectCreationOperation { Type.Name: var name } creation)
        {
            statement.AddPrincipal(element, "AWS", CodeItem.Unknown(principal));
            statement.LoseConditions(principal);
            return;
        }

        IOperation[] arguments = [.. creation.Arguments.Where(argument => !argument.IsImplicit || argument.ArgumentKind == ArgumentKind.ParamArray)
            .Select(argument => argument.Value)];
        switch (name, arguments)
        {
            case ("AnyPrincipal" or "Anyone", []):
                statement.AddPrincipal(element, "AWS", new CodeItem(principal, "*"));
                break;
            case ("StarPrincipal", []):
                statement.AddPrincipal(element, "*", new CodeItem(principal, "*"));
                break;
            case ("ArnPrincipal", [var arn]):
                statement.AddPrincipal(element, "AWS", new CodeItem(arn));
                break;
            case ("AccountPrincipal", [var account]):
                statement.AddPrincipal(element, "AWS", Account(account));
                break;
            case ("CanonicalUserPrincipal", [var user]):
                statement.AddPrincipal(element, "CanonicalUser", new CodeItem(user));
                break;
            case ("ServicePrincipal", [var service]):
                statement.AddPrincipal(element, "Service", new CodeItem(service));
                break;
            case ("OrganizationPrincipal", [var organization]):
                statement.AddPrincipal(element, "AWS", new CodeItem(principal, "*"));
                statement.AddCondition(principal, "StringEquals", "aws:PrincipalOrgID", new CodeItem(organization));
                break;
            case ("FederatedPrincipal" or "WebIdentityPrincipal", [var provider, ..]):
                statement.AddPrincipal(element, "Federated", new CodeItem(provider));
                AddConditions(arguments, statement);
                break;
            case ("CompositePrincipal", [var list]):
                Add(list, element, statement);
                break;
            case ("AccountRootPrincipal", []):
                statement.AddPrincipal(element, "AWS", CodeItem.Unknown(principal));
                break;
            default:
                statement.AddPrincipal(element, "AWS", CodeItem.Unknown(principal));
                statement.LoseConditions(principal);
                break;
        }
    }

    private static void AddConditions(IOperation[] arguments, CodeStatement statement)
    {
        if (arguments.Length > 1)
        {
            statement.AddCondition(json => json.Value(arguments[1]));
        }
    }
}
