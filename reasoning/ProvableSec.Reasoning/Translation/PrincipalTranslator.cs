using ProvableSec.Policy;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Translation;

/// <summary>Turns Principal and NotPrincipal into formulas (IAM User Guide, "AWS JSON policy elements: Principal" and "NotPrincipal").</summary>
internal sealed class PrincipalTranslator(RequestFormulas formulas, CallerTranslator callers)
{
    private static readonly TextSet Sts = ActionSets.Of("sts:*"), Roles = ArnSets.Of("*", "iam", "*", "*", "role/*", "*");

    private readonly FormulaBuilder graph = formulas.Graph;

    /// <summary>As what a statement names the caller.</summary>
    /// <param name="clause">Its principal clause.</param>
    /// <param name="effect">Its effect.</param>
    /// <param name="hasBoundary">Whether callers with policies of their own have a permissions boundary, which NotPrincipal never exempts.</param>
    public PrincipalFormulas Translate(PrincipalClause clause, Effect effect, bool hasBoundary)
    {
        if (clause.Entries.IsEmpty)
        {
            return PrincipalFormulas.Nobody;
        }

        PrincipalFormulas named = PrincipalFormulas.Nobody;
        foreach (PrincipalEntry entry in clause.Entries)
        {
            named = named.Or(Translate(entry), graph);
        }

        return !clause.IsNot ? named
            : PrincipalFormulas.Nobody with { Everyone = !(effect == Effect.Allow ? named.Any(graph) : Exempt(named, hasBoundary)) };
    }

    /// <summary>Whom a Deny with NotPrincipal leaves out: who is listed in every way that AWS names it, or in some ways only, which is disputed.</summary>
    private Formula Exempt(PrincipalFormulas named, bool hasBoundary)
    {
        Formula partial = formulas.Reading(Reading.PartialNotPrincipalExempts);
        Formula Listed(CallerKinds kinds, Formula[] ways, Formula fully) => graph.And(callers.Is(kinds), graph.Or(fully, graph.And(partial, graph.Or(ways))));
        Formula listed = graph.Or(
            Listed(CallerKinds.Root, [named.Account], named.Account),
            Listed(CallerKinds.User, [named.Account, named.User], graph.And(named.Account, named.User)),
            Listed(CallerKinds.FederatedUser, [named.Account, named.Session], graph.And(named.Account, named.Session)),
            Listed(CallerKinds.Role | CallerKinds.RoleSession, [named.Account, named.Role, named.Session], graph.And(named.Account, named.Role, named.Session)),
            Listed(CallerKinds.Service | CallerKinds.Provider | CallerKinds.Anonymous, [named.Outsider], named.Outsider));
        Formula exempt = graph.Or(named.Everyone, named.Unknown, listed);
        return hasBoundary ? graph.And(exempt, !callers.Is(CallerKinds.WithAccount & ~CallerKinds.Root)) : exempt;
    }

    private PrincipalFormulas Translate(PrincipalEntry entry)
    {
        PrincipalFormulas nobody = PrincipalFormulas.Nobody;
        switch (entry.Kind)
        {
            case PrincipalEntryKind.Everyone:
                return PrincipalFormulas.All;
            case PrincipalEntryKind.Aws when entry.Value == "*":
                return PrincipalFormulas.All;
            case PrincipalEntryKind.Aws:
                return CallerPrincipal.TryParse(entry.Value, null, out _) is null ? Uncompared(entry) : TranslateAws(entry.Value);
            case PrincipalEntryKind.Service:
                return nobody with { Outsider = Outsider(CallerKinds.Service, CallerTranslator.ServicePrefix, entry.Value) };
            case PrincipalEntryKind.Federated:
                // Identity providers are principals of trust policies only.
                Formula named = Outsider(CallerKinds.Provider, CallerTranslator.ProviderPrefix, entry.Value),
                    trust = graph.Or(formulas.Exists(formulas.Action, Sts), formulas.Exists(formulas.Resource, Roles));
                return nobody with { Outsider = graph.And(named, trust), Unknown = graph.And(Uncompared(entry).Unknown, !trust) };
            default:
                return Uncompared(entry);
        }
    }

    /// <summary>Every principal met so far of which nobody can say who it is, each with its Boolean: that it is the caller.</summary>
    public List<(PrincipalEntry Entry, Formula Is)> Unknown { get; } = [];

    /// <summary>
    /// A canonical user, an origin access identity, the unique id of a deleted principal: somebody, of whom the model does not know who. The same entry is the
    /// same.
    /// </summary>
    private PrincipalFormulas Uncompared(PrincipalEntry entry)
    {
        Formula isCaller = formulas.Free($"principal:{entry.Kind}:{entry.Value}");
        if (!Unknown.Exists(u => u.Is == isCaller))
        {
            Unknown.Add((entry, isCaller));
        }

        return PrincipalFormulas.Nobody with { Unknown = isCaller };
    }

    /// <summary>A session's ARN as AWS writes it, without a Region.</summary>
    public static string SessionArn(CallerPrincipal session) => $"arn:{session.Partition}:sts::{session.Account}:assumed-role/{session.Path}/{session.Session}";

    private Formula Outsider(CallerKinds kind, string prefix, string name) => name == "*" ? callers.Is(kind)
        : (callers.Kinds & kind) == 0 ? Formula.False
        : formulas.Exists(formulas.Caller, TextSet.Of(prefix + name));

    private PrincipalFormulas TranslateAws(string value)
    {
        PrincipalFormulas nobody = PrincipalFormulas.Nobody;
        if ((callers.Kinds & CallerKinds.WithAccount) == 0 || CallerPrincipal.TryParse(value, null, out _) is not { } named)
        {
            return nobody;
        }

        switch (named.Kind)
        {
            case PrincipalKind.Root:
                // Twelve digits name the account in every partition, its ARN in one.
                return nobody with
                {
                    Account = graph.And(callers.InAccount(named.Account),
                    value.Length == 12 ? Formula.True : callers.InPartition(named.Partition))
                };
            case PrincipalKind.User when (callers.Kinds & CallerKinds.User) != 0:
                return nobody with { User = callers.Is(named) };
            case PrincipalKind.Role when (callers.Kinds & (CallerKinds.Role | CallerKinds.RoleSession)) != 0:
                // The ARN of the role names all its sessions, whatever they are called.
                return nobody with { Role = formulas.Exists(formulas.Caller, TextSet.Of(value)) };
            case PrincipalKind.FederatedUser when (callers.Kinds & CallerKinds.FederatedUser) != 0:
                return nobody with { Session = callers.Is(named) };
            case PrincipalKind.AssumedRole when (callers.Kinds & CallerKinds.RoleSession) != 0 && value == SessionArn(named):
                return nobody with { Session = callers.Is(named) };
            default:
                return nobody;
        }
    }
}
