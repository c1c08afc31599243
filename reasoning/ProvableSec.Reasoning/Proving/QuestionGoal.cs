using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Formulas;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Reasoning.Translation;

namespace ProvableSec.Reasoning.Proving;

/// <summary>What each kind of question looks for: a request that is a violation of it, or of <see cref="Question.Can"/> an example.</summary>
/// <param name="query">The question.</param>
/// <param name="formulas">Where the formula is made.</param>
/// <param name="policies">Translates documents.</param>
/// <param name="stacks">Translates subjects.</param>
/// <param name="callers">Who may ask.</param>
/// <param name="ownership">Whose the resource is.</param>
internal sealed class QuestionGoal(Query query, RequestFormulas formulas, PolicyTranslator policies, StackTranslator stacks, CallerTranslator callers,
    OwnershipTranslator ownership)
{
    /// <summary>What a request must be like to be what the question looks for.</summary>
    /// <param name="aside">A part of the subject's decision to set aside; the default for none.</param>
    public Formula Of(SetAside aside)
    {
        FormulaBuilder graph = formulas.Graph;
        Formula allowed = stacks.Allowed(query.Subject, aside);
        switch (query.Question)
        {
            case Question.NoNewAccess:
                return graph.And(allowed, !stacks.Allowed(query.Baseline!));
            case Question.Equivalent:
                Formula baseline = stacks.Allowed(query.Baseline!);
                return graph.Or(graph.And(allowed, !baseline), graph.And(!allowed, baseline));
            case Question.NotGranted:
                return graph.And(allowed, policies.Alone(query.Property!));
            case Question.NoPublicAccess:
                Formula asked = graph.And(allowed, policies.Alone(query.Property!));

                // Whoever a principal of unknown form is, the policy names them; the owner of the resource is not an outsider, nor does anybody need leave to
                // ask who they are.
                Formula named = graph.Or([.. policies.Principals.Unknown.FindAll(u => u.Entry.Kind != PrincipalEntryKind.Federated).Select(u => u.Is)]);
                Formula insider = query.Subject.Stack is null ? Formula.False
                    : graph.Or(stacks.NeedsNoPermission, graph.And(callers.HasAccount, ownership.OwnAccount));
                return graph.And(asked, !named, !insider);
            case Question.Granted:
                return graph.And(!allowed, policies.Alone(query.Property!));
            default:
                return allowed;
        }
    }
}
