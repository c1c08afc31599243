using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Search;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Witnesses;

/// <summary>Turns a model into a request.</summary>
internal sealed class WitnessBuilder(Query query, RequestFormulas formulas, IReadOnlyDictionary<string, string> spelling)
{
    private const string PrincipalArn = "aws:principalarn";

    /// <summary>Keys that the evaluator derives from the rest of a request, so that a witness of the AWS world does not list them.</summary>
    private static readonly HashSet<string> Derived = new(StringComparer.Ordinal)
    {
        PrincipalArn, "aws:principalaccount", "aws:principaltype", "aws:username", "aws:principalisawsservice", "aws:resourceaccount",
    };

    /// <summary>The request of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="account">The caller's account where the model leaves it open.</param>
    /// <param name="partition">The caller's partition where the model leaves it open.</param>
    /// <returns>Null when the model's caller is none that a request could have.</returns>
    public AccessRequest? Build(RequestModel model, string account, string partition)
    {
        string action = Spelled(model.ValueOf(formulas.Action) ?? "*");
        string resource = model.ValueOf(formulas.Resource) ?? "*";
        string? arn = formulas.Speaks(PrincipalArn) ? model.ValueOf(formulas.Key(PrincipalArn)) : null;
        bool free = query.World == World.Free;
        bool anyone = AnyoneMayAsk(query);
        CallerPrincipal? caller;
        if (query.Request.Principal is { Literals.Length: 1, Like.Length: 0 } given)
        {
            caller = CallerPrincipal.TryParse(given.Literals[0], query.Request.PrincipalType, out _);
        }
        else
        {
            caller = arn is null || free ? null : CallerPrincipal.TryParse(arn, null, out _);
            bool absent = formulas.Speaks(PrincipalArn) && arn is null && anyone;
            PrincipalKind kind = query.Request.PrincipalType ?? PrincipalKind.User;
            caller ??= CallerPrincipal.TryParse(absent && !free ? "*" : Default(kind, account, partition), null, out _);
        }

        if (caller is null)
        {
            return null;
        }

        string? resourceAccount = query.Request.ResourceAccount;
        bool own = !model.IsTrue("own-account");
        if (resourceAccount is null && own && query.Subject.Stack is not null && AccountOf(resource) is null && resource != "*")
        {
            string? named = formulas.Speaks("aws:resourceaccount") ? model.ValueOf(formulas.Key("aws:resourceaccount")) : null;
            resourceAccount = named is { Length: 12 } && named != caller.Account ? named : caller.Account == "444455556666" ? "777788889999" : "444455556666";
        }

        if (resourceAccount is null && formulas.Speaks("aws:resourceaccount") && model.ValueOf(formulas.Key("aws:resourceaccount")) is { } of && AccountOf(resource) is null)
        {
            resourceAccount = CallerPrincipal.TryParse(of, null, out _) is not null ? of : null;
        }

        var context = ImmutableArray.CreateBuilder<ContextEntry>();
        foreach (RequestVariable variable in formulas.Variables)
        {
            if (variable.IsAlwaysPresent)
            {
                continue;
            }

            bool derived = Derived.Contains(variable.Name) && !free && !anyone;
            string key = spelling.TryGetValue(variable.Name, out string? written) ? written : variable.Name;
            if (model.Values.TryGetValue(variable, out List<string>? values))
            {
                if (!derived)
                {
                    context.Add(new ContextEntry(key, variable.Name, values.ToImmutableArray()));
                }
            }
            else if (!derived && (Derived.Contains(variable.Name) || variable.Name is "aws:userid" or "aws:tagkeys" or "aws:currenttime" or "aws:epochtime"))
            {
                // What the evaluator would derive must be said to be absent.
                context.Add(new ContextEntry(key, variable.Name, ImmutableArray<string>.Empty));
            }
        }

        return new AccessRequest(caller, action, resource, resourceAccount, context.ToImmutable());
    }

    /// <summary>True when the question speaks of anonymous callers and services too.</summary>
    public static bool AnyoneMayAsk(Query query) => query.Subject.Stack is null && query.Type is not
        (Policy.Model.PolicyType.Identity or Policy.Model.PolicyType.PermissionsBoundary or Policy.Model.PolicyType.Session or Policy.Model.PolicyType.ServiceControlPolicy);

    /// <summary>An action as AWS spells it.</summary>
    public static string Spelled(string action) => ServiceCatalogue.Default.TryGetAction(action, out ServiceAction? known) ? known.FullName : action;

    /// <summary>The account field of an ARN, if it has twelve digits.</summary>
    public static string? AccountOf(string resource)
    {
        string[] fields = resource.Split([':'], 6);
        return fields.Length == 6 && fields[4].Length == 12 && fields[4].All(c => c is >= '0' and <= '9') ? fields[4] : null;
    }

    private static string Default(PrincipalKind kind, string account, string partition) => kind switch
    {
        PrincipalKind.Role => $"arn:{partition}:iam::{account}:role/someone",
        PrincipalKind.AssumedRole => $"arn:{partition}:sts::{account}:assumed-role/someone/session",
        PrincipalKind.Root => $"arn:{partition}:iam::{account}:root",
        PrincipalKind.FederatedUser => $"arn:{partition}:sts::{account}:federated-user/someone",
        PrincipalKind.Anonymous => "*",
        PrincipalKind.Service => "lambda.amazonaws.com",
        PrincipalKind.Federated => "accounts.google.com",
        _ => $"arn:{partition}:iam::{account}:user/someone",
    };
}
