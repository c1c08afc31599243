using System.Collections.Immutable;
using ProvableSec.Policy.Cases;
using ProvableSec.Policy.Model;
using ProvableSec.Reasoning.Questions;
using ProvableSec.Rules.Stacks;

namespace ProvableSec.Testing.Sources;

/// <summary>Policies of a test as a stack, to which others can be added.</summary>
internal static class VariantStack
{
    /// <summary>The policies as a stack.</summary>
    /// <exception cref="PolicySourceException">It is one policy of a type that grants nothing.</exception>
    public static PolicyStack ToStack(this Variant variant) => variant.Subject.Stack ?? variant.Type switch
    {
        PolicyType.Identity => PolicyStack.Empty with { IdentityPolicies = ImmutableArray.Create(variant.Subject.Document!) },
        PolicyType.Resource or PolicyType.Trust => PolicyStack.Empty with { ResourcePolicy = variant.Subject.Document },
        _ => throw new PolicySourceException(
            $"{variant.Subject.Document!.Source.Name} is {QuestionNames.WordsOf(variant.Type)}, which grants nothing by itself: begin with the policies of a "
                + $"user or role, and add it to them"),
    };

    /// <summary>The policies with others.</summary>
    public static Variant With(this Variant variant, Func<PolicyStack, PolicyStack> change) => variant with { Subject = Subject.Of(change(variant.ToStack())) };
}
