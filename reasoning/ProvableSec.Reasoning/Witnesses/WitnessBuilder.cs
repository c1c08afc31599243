using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Reasoning.Assumptions;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Search;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;
using ProvableSec.ServiceData;

namespace ProvableSec.Reasoning.Witnesses;

/// <summary>Turns a model into a request.</summary>
internal sealed class WitnessBuilder(Query query, RequestFormulas formulas, QuestionCallers asking, IReadOnlyDictionary<string, string> spelling)
{
    private const string PrincipalArn = "aws:principalarn", ResourceAccount = "aws:resourceaccount", ServiceName = "aws:principalservicename";

    /// <summary>Keys that follow from the caller: of no use in a witness, where they do.</summary>
    private static readonly HashSet<string> OfCaller = new(StringComparer.Ordinal)
    {
        PrincipalArn, "aws:principalaccount", "aws:principaltype", "aws:username", "aws:principalisawsservice", ServiceName,
    };

    /// <summary>Further keys that the evaluator may derive: what a model leaves absent must be said to be so.</summary>
    private static readonly HashSet<string> Derived = new(StringComparer.Ordinal)
    {
        ResourceAccount, "aws:userid", "aws:tagkeys", "aws:currenttime", "aws:epochtime",
        "aws:principalorgid", "aws:principalorgpaths", "aws:resourceorgid", "aws:resourceorgpaths",
    };

    private static readonly (string Id, string Paths)[] Organizations = [("aws:principalorgid", "aws:principalorgpaths"),
        ("aws:resourceorgid", "aws:resourceorgpaths")];

    /// <summary>The request of a model.</summary>
    /// <returns>Null when the model's caller is none that a request could have.</returns>
    public AccessRequest? Build(RequestModel model)
    {
        string action = Spelled(model.ValueOf(formulas.Action) ?? "*");
        string resource = model.ValueOf(formulas.Resource) ?? "*";
        var context = ImmutableArray.CreateBuilder<ContextEntry>();
        if (Caller(model, context) is not { } caller)
        {
            return null;
        }

        var listed = new HashSet<string>(context.Select(e => e.FoldedKey), StringComparer.Ordinal);
        bool linked = query.World == World.Aws && !query.Without.Contains(AssumptionName.LinkedKeys);
        string? owner = query.Request.ResourceAccount ?? Owner(model, caller, resource, linked);
        foreach (RequestVariable variable in formulas.Variables)
        {
            // A key need not have a colon: the host name of an identity provider is one.
            if (variable.IsAlwaysPresent || variable.Name == RequestFormulas.SessionName || variable.Name == RequestFormulas.OwnApi)
            {
                continue;
            }

            bool follows = linked && (OfCaller.Contains(variable.Name) ? caller.Kind is not (PrincipalKind.Service or PrincipalKind.Federated)
                : variable.Name == ResourceAccount && !ResourceKeys.MayCarryResourceAccount(action));
            if (follows || listed.Contains(variable.Name))
            {
                // A session's role has its path in a key, which is listed already then.
                continue;
            }

            if (model.Values.TryGetValue(variable, out List<string>? values))
            {
                foreach ((string ids, string paths) in linked ? Organizations : [])
                {
                    values = variable.Name == ids && OrganizationPaths.IdOf(formulas, ids, paths, model) is { } id ? [id]
                        : variable.Name == paths && OrganizationPaths.IdOf(formulas, ids, paths, model) is null
                        && OrganizationPaths.PathsOf(formulas, ids, paths, model) is { } below ? below
                        : values;
                }

                if (linked && variable.Name == "aws:userid" && CallerKeys.IdOf(caller.Kind == PrincipalKind.AssumedRole
                    ? $"arn:{caller.Partition}:iam::{caller.Account}:role/{caller.Path}" : caller.Name, caller.Session.Length > 0 ? caller.Session
                    : null, values[0]) is { } its)
                {
                    values = [its];
                }

                if (linked && variable.Name == ServiceName && caller.Kind == PrincipalKind.Service
                    && !model.TellsApart(formulas, ServiceName, values[0], caller.Name))
                {
                    values = [caller.Name];
                }

                context.Add(new ContextEntry(Spelling(variable.Name), variable.Name, values.ToImmutableArray()));
            }
            else if (OfCaller.Contains(variable.Name) || Derived.Contains(variable.Name))
            {
                context.Add(new ContextEntry(Spelling(variable.Name), variable.Name, ImmutableArray<string>.Empty));
            }
        }

        return new AccessRequest(caller, action, resource, owner, context.ToImmutable());
    }

    /// <summary>An action as AWS spells it.</summary>
    public static string Spelled(string action) => ServiceCatalogue.Default.TryGetAction(action, out ServiceAction? known) ? known.FullName : action;

    private static string? PartitionOf(string arn) => arn.Split([':'], 3) is { Length: 3 } fields && fields[0] == "arn" && fields[1].Length > 0 ? fields[1]
        : null;

    /// <summary>Whether a resource names another partition than the caller's.</summary>
    public static bool LiesElsewhere(string resource, CallerPrincipal caller) =>
        caller.Partition.Length > 0 && caller.Kind != PrincipalKind.Federated && resource.Split([':'], 3) is { Length: 3 } fields && fields[1].Length > 0
            && fields[1] != caller.Partition;

    private string Spelling(string key) => spelling.TryGetValue(key, out string? written) ? written : key;

    /// <summary>Who asks, and the key that says the path of a session's role.</summary>
    private CallerPrincipal? Caller(RequestModel model, ImmutableArray<ContextEntry>.Builder context)
    {
        string? text = formulas.SpeaksOfCaller ? model.ValueOf(formulas.Caller) : null;
        if (asking.Principal is { Kind: not PrincipalKind.AssumedRole } given)
        {
            return given;
        }

        text ??= Plain(model);
        if (text.StartsWith(CallerTranslator.ServicePrefix, StringComparison.Ordinal))
        {
            return CallerPrincipal.TryParse(text.Substring(CallerTranslator.ServicePrefix.Length), PrincipalKind.Service, out _);
        }

        if (text.StartsWith(CallerTranslator.ProviderPrefix, StringComparison.Ordinal))
        {
            return CallerPrincipal.TryParse(text.Substring(CallerTranslator.ProviderPrefix.Length), PrincipalKind.Federated, out _);
        }

        if (CallerPrincipal.TryParse(text, null, out _) is not { } caller)
        {
            return null;
        }

        string? session = formulas.SpeaksOfSession ? model.ValueOf(formulas.Session) : null;
        if (caller.Kind != PrincipalKind.Role || (session is null && (asking.Kinds & CallerKinds.Role) != 0))
        {
            return caller;
        }

        // A session's ARN leaves out the path of its role.
        string name = caller.Path.Substring(caller.Path.LastIndexOf('/') + 1);
        if (name != caller.Path && !(formulas.Speaks(PrincipalArn) && query.World == World.Free))
        {
            context.Add(new ContextEntry(Spelling(PrincipalArn) is var key && key == PrincipalArn ? "aws:PrincipalArn" : key, PrincipalArn,
                ImmutableArray.Create(text)));
        }

        return asking.Principal ?? CallerPrincipal.TryParse($"arn:{caller.Partition}:sts::{caller.Account}:assumed-role/{name}/{session ?? "session"}", null,
            out _);
    }

    /// <summary>A caller of whom nothing is asked but its kind and account, and whether the resource is its account's.</summary>
    private string Plain(RequestModel model)
    {
        string resource = model.ValueOf(formulas.Resource) ?? "*";
        string? named = ArnFields.AccountOf(resource);
        bool own = model.IsTrue(OwnershipTranslator.Own);
        string account = asking.Account ?? (named is null ? QuestionCallers.SomeAccount : own ? named : model.IsFalse(OwnershipTranslator.Own)
            ? QuestionCallers.OtherThan(named)
            : QuestionCallers.SomeAccount);
        string partition = asking.Partition ?? PartitionOf(resource) ?? model.Values.Values.SelectMany(v => v).Select(PartitionOf)
            .FirstOrDefault(p => p is not null && Array.IndexOf(NameShapes.Partitions, p) >= 0) ?? "aws";
        string arn = $"arn:{partition}:iam::{account}:";
        CallerKinds kinds = asking.Kinds;
        return (kinds & CallerKinds.User) != 0 ? arn + "user/someone"
            : (kinds & (CallerKinds.Role | CallerKinds.RoleSession)) != 0 ? arn + "role/someone"
            : (kinds & CallerKinds.Root) != 0 ? arn + "root"
            : (kinds & CallerKinds.FederatedUser) != 0 ? $"arn:{partition}:sts::{account}:federated-user/someone"
            : (kinds & CallerKinds.Anonymous) != 0 ? "*"
            : (kinds & CallerKinds.Service) != 0 ? CallerTranslator.ServicePrefix + "lambda.amazonaws.com"
            : CallerTranslator.ProviderPrefix + "accounts.google.com";
    }

    /// <summary>The account to give the resource, where its ARN does not name it; null to leave it to the evaluator, for which it then is the
    /// caller's.</summary>
    private string? Owner(RequestModel model, CallerPrincipal caller, string resource, bool linked)
    {
        string? keyed = formulas.Speaks(ResourceAccount) ? model.ValueOf(formulas.Key(ResourceAccount)) : null;
        if (ArnFields.AccountOf(resource) is { } named)
        {
            // Outside the world of linked keys a case may say that it is another's than its ARN says.
            return linked ? null
                : caller.Account.Length > 0 && model.IsFalse(OwnershipTranslator.Own) && named == caller.Account ? QuestionCallers.OtherThan(caller.Account)
                : caller.Account.Length > 0 && model.IsTrue(OwnershipTranslator.Own) && named != caller.Account ? caller.Account
                : null;
        }

        if (keyed is not null && !CallerPrincipal.IsTwelveDigits(keyed))
        {
            keyed = null;
        }

        if (caller.Account.Length == 0)
        {
            return keyed ?? Managing(model);
        }

        // An account lies in one partition: what lies in another is another's.
        bool elsewhere = LiesElsewhere(resource, caller) && !model.IsTrue(OwnershipTranslator.Own);
        return !model.IsFalse(OwnershipTranslator.Own) && !elsewhere ? null
            : keyed is not null && keyed != caller.Account ? keyed
            : Managing(model) is { } managing && managing != caller.Account ? managing
            : QuestionCallers.OtherThan(caller.Account);
    }

    /// <summary>The account to which the model says that the resource belongs, where it says so of one; another one where it says of all accounts asked about
    /// that it does not.</summary>
    private string? Managing(RequestModel model)
    {
        string[] asked = [.. formulas.Atoms.Where(a => a.Kind == AtomKind.Free && a.Name.StartsWith(OwnershipTranslator.In, StringComparison.Ordinal))
            .Select(a => a.Name.Substring(OwnershipTranslator.In.Length))];
        return Array.Find(asked, account => model.IsTrue(OwnershipTranslator.In + account))
            ?? (asked.Any(account => model.IsFalse(OwnershipTranslator.In + account))
                ? Array.Find([QuestionCallers.OtherAccount, QuestionCallers.SomeAccount, QuestionCallers.ThirdAccount],
                    account => Array.IndexOf(asked, account) < 0)
                : null);
    }
}
