using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Escalation;

/// <summary>One way for a user or role to act as more than it is.</summary>
/// <param name="From">Who, by ARN.</param>
/// <param name="To">As whom then: the ARN of a user or role, or <see cref="EscalationGraph.Administrator"/>.</param>
/// <param name="Way">How, by the actions.</param>
/// <param name="Proofs">For each action a request that is allowed, confirmed by the evaluator.</param>
internal sealed record EscalationStep(string From, string To, string Way, IReadOnlyList<Witness> Proofs);
