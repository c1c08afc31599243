using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ProvableSec.Policy.Model;
using ProvableSec.Rules.Policies;

namespace ProvableSec.Analyzers.Policies;

/// <summary>
/// Permissions of queues and topics that the SDK adds to their policies (Amazon SQS API Reference and Amazon SNS API Reference, "AddPermission"): accounts and
/// actions, as a request
/// or as arguments.
/// </summary>
internal static class SdkPermissions
{
    /// <summary>The permission of a request; null where it names no accounts or is changed later.</summary>
    public static PolicyObjects? Of(IObjectCreationOperation request)
    {
        IOperation? accounts = ArgumentOf(request.Arguments, IsAccounts), actions = ArgumentOf(request.Arguments, IsActions);
        bool isKnown = true;
        IEnumerable<IOperation> later = CodeStatements.LocalOf(request) is { } local ? CodeStatements.ChangesOf(local, out isKnown) : [];
        foreach (IOperation part in CodeValues.PartsOf(request.Initializer).Concat(later))
        {
            (string? name, IOperation? value) = part switch
            {
                ISimpleAssignmentOperation set => (CodeStatements.NameOf(set), set.Value),
                IMemberInitializerOperation { InitializedMember: IPropertyReferenceOperation { Property.Name: var list }, Initializer: var items } =>
                    (list, items),
                IInvocationOperation
                {
                    Instance: IPropertyReferenceOperation { Property.Name: var grown }, TargetMethod.Name: "Add",
                    Arguments: [{ Value: var item }]
                } => (grown, item),
                _ => (null, (IOperation?)null),
            };
            accounts = IsAccounts(name) ? value : accounts;
            actions = IsActions(name) ? value : actions;
        }

        return isKnown ? Of(request, request.Type!, accounts, actions) : null;
    }

    /// <summary>The permission that a call adds; null where its arguments are other ones.</summary>
    public static PolicyObjects? Of(IInvocationOperation call) => Of(call, call.TargetMethod.ContainingType, ArgumentOf(call.Arguments, IsAccounts),
        ArgumentOf(call.Arguments, IsActions));

    private static PolicyObjects? Of(IOperation at, ITypeSymbol type, IOperation? accounts, IOperation? actions)
    {
        if (accounts is null || actions is null)
        {
            return null;
        }

        bool isQueue = type.ContainingNamespace.ToDisplayString().StartsWith("Amazon.SQS", StringComparison.Ordinal);
        var statement = new CodeStatement(at);
        foreach (IOperation account in CodeValues.ItemsOf(accounts) ?? [accounts])
        {
            statement.AddPrincipal("Principal", "AWS", new CodeItem(account));
        }

        foreach (IOperation action in CodeValues.ItemsOf(actions) ?? [actions])
        {
            // The action's name, without the service's.
            statement.AddTo("Action", [CodeValues.Bare(action).ConstantValue is { HasValue: true, Value: string name }
                ? new CodeItem(action, $"{(isQueue ? "sqs" : "sns")}:{name}") : CodeItem.Unknown(action)]);
        }

        statement.AddTo("Resource", [CodeItem.Unknown(at)]);
        return CdkGrants.Of(at, [statement], new PolicyContext(PolicyType.Resource, isQueue ? "AWS::SQS::Queue" : "AWS::SNS::Topic"));
    }

    private static IOperation? ArgumentOf(IEnumerable<IArgumentOperation> arguments, Func<string?, bool> isIt) =>
        arguments.FirstOrDefault(argument => isIt(argument.Parameter?.Name))?.Value;

    private static bool IsAccounts(string? name) => name is not null && name.StartsWith("awsAccountId", StringComparison.OrdinalIgnoreCase);

    private static bool IsActions(string? name) => name is not null
        && (name.Equals("actions", StringComparison.OrdinalIgnoreCase) || name.StartsWith("actionName", StringComparison.OrdinalIgnoreCase));
}
