using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Replay;
using ProvableSec.Reasoning.Search;

namespace ProvableSec.Reasoning.Proving;

/// <summary>
/// Whether what holds says anything (docs/semantics.md, "Policies that are not given"): it does not where the property describes no request,
/// or where nothing is allowed whatever the property says.
/// </summary>
/// <param name="query">The question.</param>
/// <param name="plain">Plain requests, which are tried first.</param>
/// <param name="solver">Where formulas are asserted.</param>
/// <param name="search">Looks for requests.</param>
/// <param name="world">What is assumed of requests.</param>
/// <param name="instances">Asserts the plain instance in which most of what is possible is so.</param>
internal sealed class Vacuity(Query query, PlainRequests plain, FormulaSolver solver, WorldSearch search, WorldFacts world, InstanceFacts instances)
{
    /// <summary>That a property says nothing, and why.</summary>
    public const string NamesNoAction = "the property names no action that AWS has, so it holds whatever the policies say",
        DescribesNothing = "the property describes no request at all, so it holds whatever the policies say";

    private static readonly Guard PropertyGuard = new("property"), AllowedGuard = new("allowed"), PlainGuard = new("plain");

    /// <summary>At most this many facts of the service data are instantiated to find that a claim is vacuous.</summary>
    private const int MostCatalogueFacts = 4;

    private bool hasPlain;

    /// <summary>Why what holds says nothing, or null.</summary>
    /// <param name="property">The requests that the property describes, among those asked about.</param>
    /// <param name="allowed">The requests that are allowed, among those asked about.</param>
    public string? Of(Func<Formula> property, Func<Formula> allowed)
    {
        if (query.Question is Question.NotGranted or Question.Granted)
        {
            if (PropertyActions.AllUnknown(query.Property!))
            {
                return NamesNoAction;
            }

            if (!plain.Any([query.Property!], w => WitnessReplay.Describes(query, w)) && !IsPossible(property(), PropertyGuard))
            {
                return DescribesNothing;
            }
        }

        if (query.Question == Question.NotGranted && !MayAllow(allowed))
        {
            return query.Subject.Stack is null ? "the policy allows no request at all of those asked about, so it holds whatever the property says"
                : "the policies together allow no request at all of those asked about, so it holds whatever the property says";
        }

        return null;
    }

    /// <summary>Whether any of some allowed requests is one that AWS can send.</summary>
    public bool MayAllow(Func<Formula> allowed) =>
        plain.Any(query.Subject.Documents(), w => WitnessReplay.Allows(query.Subject, w)) || IsPossible(allowed(), AllowedGuard);

    /// <summary>
    /// Whether the world has a request of which a formula is true. Most formulas are true of one in the partition that everybody knows, which breaks no
    /// fact about partitions; only where there is none, the others are gone through.
    /// </summary>
    private bool IsPossible(Formula formula, Guard guard)
    {
        solver.Assert(formula, guard);
        if (!hasPlain && query.World == World.Aws)
        {
            hasPlain = true;
            instances.AssertPlain(PlainGuard);
        }

        return (hasPlain && IsPossible([.. world.Guards, guard, PlainGuard])) || IsPossible([.. world.Guards, guard]);
    }

    /// <summary>
    /// The same under some guards; facts are instantiated as a model breaks them, of the service data some few only: what
    /// nothing but they rule out is for the checks of policies to report.
    /// </summary>
    private bool IsPossible(Guard[] guards)
    {
        int called = 0;
        while (search.Find(guards) is { } model)
        {
            if (!world.CallUponTies(model))
            {
                if (world.BrokenCatalogueFact(model) is not { } fact || ++called > MostCatalogueFacts)
                {
                    return true;
                }

                world.CallUponCatalogue(fact);
            }
        }

        return solver.IsIncomplete;
    }
}
