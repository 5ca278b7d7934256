"""The words people ask with: 「補正予算 差出人:藤倉 以後:先月 -中止」, and what they mean to whoever asks."""
