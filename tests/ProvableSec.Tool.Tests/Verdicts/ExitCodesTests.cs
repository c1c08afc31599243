using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Tests.Verdicts;

public sealed class ExitCodesTests
{
    [Fact]
    public void The_order_is_70_2_1_3_0()
    {
        int[] order = [70, 2, 1, 3, 0];
        for (int i = 0; i < order.Length; i++)
        {
            for (int j = i; j < order.Length; j++)
            {
                Assert.Equal(order[i], ExitCodes.Combine(order[i], order[j]));
                Assert.Equal(order[i], ExitCodes.Combine(order[j], order[i]));
            }
        }
    }
}
