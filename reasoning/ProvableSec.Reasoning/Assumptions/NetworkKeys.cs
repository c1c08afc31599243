using ProvableSec.Reasoning.Callers;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Translation;
using ProvableSec.Reasoning.Values;

namespace ProvableSec.Reasoning.Assumptions;

/// <summary>The condition keys that say from where a request comes (IAM User Guide, "AWS global condition context keys", properties of the network).</summary>
internal sealed class NetworkKeys(RequestFormulas formulas, CallerTranslator callers)
{
    /// <summary>The key that says the address.</summary>
    public const string SourceIp = "aws:sourceip";

    public const string ViaService = "aws:viaawsservice";

    /// <summary>The keys that come with every request through a VPC endpoint.</summary>
    public static readonly string[] OfEndpoint = ["aws:sourcevpc", "aws:sourcevpce", "aws:vpcsourceip"];

    /// <summary>Those that come with some such requests only.</summary>
    public static readonly string[] OfSomeEndpoints = ["aws:sourcevpcarn", "aws:vpceaccount", "aws:vpceorgid", "aws:vpceorgpaths"];

    private readonly FormulaBuilder graph = formulas.Graph;

    /// <summary>
    /// Through a VPC endpoint the keys about it come together, and no address is sent, else one is; a service that calls in somebody's name, or for itself,
    /// comes some other way. That an
    /// address is never a private one is not assumed: a policy that names private addresses is a mistake to be found, not one that a proof may rest on.
    /// </summary>
    public IEnumerable<Formula> Facts(bool throughEndpoint)
    {
        string[] through = [.. OfEndpoint.Where(formulas.Speaks)];
        if (formulas.Speaks(SourceIp))
        {
            Formula present = formulas.Present(formulas.Key(SourceIp));
            foreach (string key in through)
            {
                yield return graph.Or(ByService(), !graph.And(present, formulas.Present(formulas.Key(key))));
            }

            if (throughEndpoint)
            {
                // A service that calls in the caller's name comes from an address of its own.
                yield return graph.Or(ByService(), !present);
            }
        }

        string[] some = [.. OfSomeEndpoints.Where(formulas.Speaks)];
        bool hasAddress = formulas.Speaks(SourceIp) && !throughEndpoint;
        if ((through.Length == 0 && !(some.Length > 0 && hasAddress)) || (through.Length == 1 && some.Length == 0 && !throughEndpoint && !hasAddress))
        {
            yield break;
        }

        Formula byService = ByService();
        Formula all = graph.And([.. through.Select(k => formulas.Present(formulas.Key(k)))]),
            none = graph.And([.. through.Select(k => !formulas.Present(formulas.Key(k)))]);
        yield return graph.Or(byService, all, throughEndpoint ? Formula.False : none);
        foreach (Formula present in some.Select(k => formulas.Present(formulas.Key(k))))
        {
            yield return graph.Or(byService, !present,
                hasAddress ? graph.And(all, !formulas.Present(formulas.Key(SourceIp))) : all);
        }

        if (hasAddress && through.Length > 0)
        {
            yield return graph.Or(byService, all, formulas.Present(formulas.Key(SourceIp)));
        }
    }

    /// <summary>A service calls, for itself or in somebody's name.</summary>
    private Formula ByService() => graph.Or(callers.Is(CallerKinds.Service), formulas.Exists(formulas.Key(ViaService), new TruthSet(["true"])));
}
