using ProvableSec.Reasoning.Questions;

namespace ProvableSec.Rules.Reach;

/// <summary>What somebody reaches of a service.</summary>
/// <param name="Level">What for.</param>
/// <param name="Service">The service, by its prefix in actions.</param>
/// <param name="As">As whom, by ARN: themselves, or a user or role that they get to.</param>
/// <param name="Witness">A request that is allowed, confirmed by the evaluator.</param>
internal sealed record ServiceReach(ReachLevel Level, string Service, string As, Witness Witness);
